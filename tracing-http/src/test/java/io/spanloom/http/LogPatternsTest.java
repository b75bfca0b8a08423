package io.spanloom.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.test.TracingExtension;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

/** The configurations of docs/logs.md, run as they stand there. */
class LogPatternsTest {

    @RegisterExtension
    static final TracingExtension TRACING = TracingExtension.configured(c -> c.set(TracingConfig.LOG_MDC, "true"));

    /** The XML block below a heading. */
    private static String block(String heading) throws Exception {
        String docs = Files.readString(Path.of("../docs/logs.md"));
        Matcher block =
                Pattern.compile("(?s)## " + heading + "\n.*?```xml\n(.*?)```").matcher(docs);
        assertThat(block.find()).as(heading).isTrue();
        return block.group(1);
    }

    /** What a Logback configuration writes to the console for one line within a span. */
    private static String logback(String configuration, Span[] span) throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(MDC.getMDCAdapter());
        PrintStream console = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            JoranConfigurator joran = new JoranConfigurator();
            joran.setContext(context);
            joran.doConfigure(new ByteArrayInputStream(configuration.getBytes(StandardCharsets.UTF_8)));
            context.start();
            Tracing.run("job", job -> {
                span[0] = job;
                context.getLogger("app").info("hello");
            });
            context.getLogger("app").info("outside");
        } finally {
            System.setOut(console);
            context.stop();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String log4j(String configuration, Span[] span) throws Exception {
        XmlConfiguration log4j = new XmlConfiguration(
                new org.apache.logging.log4j.core.LoggerContext("test"),
                new ConfigurationSource(new ByteArrayInputStream(configuration.getBytes(StandardCharsets.UTF_8))));
        log4j.initialize();
        Layout<?> layout = log4j.getAppender("console").getLayout();
        StringBuilder lines = new StringBuilder();
        Tracing.run("job", job -> {
            span[0] = job;
            SortedArrayStringMap data = new SortedArrayStringMap();
            Map<String, String> mdc = MDC.getCopyOfContextMap();
            mdc.forEach(data::putValue);
            lines.append(new String(
                    layout.toByteArray(Log4jLogEvent.newBuilder()
                            .setLoggerName("app")
                            .setLevel(Level.INFO)
                            .setMessage(new SimpleMessage("hello"))
                            .setContextData(data)
                            .build()),
                    StandardCharsets.UTF_8));
        });
        return lines.toString();
    }

    @Test
    void logbackPattern_hasTheIds() throws Exception {
        Span[] span = new Span[1];
        String lines = logback(block("Logback"), span);

        assertThat(lines)
                .contains("hello trace_id=" + span[0].traceId() + " span_id=" + span[0].spanId())
                .contains("outside trace_id= span_id=");
    }

    @Test
    void logbackJson_hasTheIds() throws Exception {
        Span[] span = new Span[1];
        String lines = logback(block("Logback, as JSON"), span);

        assertThat(lines).contains("\"message\":\"hello\"").contains("\"trace_id\":\"" + span[0].traceId() + "\"");
    }

    @Test
    void cloudWatchPattern_hasTheFormThatIsLinked() throws Exception {
        Span[] span = new Span[1];
        String lines = logback(block("CloudWatch"), span);

        assertThat(lines)
                .contains(
                        "AWS-XRAY-TRACE-ID: " + span[0].xrayTraceId() + "@" + span[0].spanId() + " INFO  app - hello");
    }

    @Test
    void log4jPattern_hasTheIds() throws Exception {
        Span[] span = new Span[1];
        String lines = log4j(block("Log4j 2"), span);

        assertThat(lines).contains("hello trace_id=" + span[0].traceId() + " span_id=" + span[0].spanId());
    }

    @Test
    void log4jJson_hasTheIds() throws Exception {
        Span[] span = new Span[1];
        String lines = log4j(block("Log4j 2, as JSON"), span);

        assertThat(lines)
                .contains("\"message\":\"hello\"")
                .contains("\"trace_id\":\"" + span[0].traceId() + "\"")
                .contains("\"AWS-XRAY-TRACE-ID\":\"AWS-XRAY-TRACE-ID: " + span[0].xrayTraceId());
    }
}
