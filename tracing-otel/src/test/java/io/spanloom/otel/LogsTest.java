package io.spanloom.otel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** The application's log through OpenTelemetry's own appender, as docs/logs.md configures it. */
class LogsTest {

    private final InMemoryLogRecordExporter records = InMemoryLogRecordExporter.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder().build())
            .setLoggerProvider(SdkLoggerProvider.builder()
                    .addLogRecordProcessor(SimpleLogRecordProcessor.create(records))
                    .build())
            .build();
    private final LoggerContext logback = new LoggerContext();

    @AfterEach
    void stop() {
        logback.stop();
        Tracing.shutdown();
        OtelBackend.use(null);
        sdk.close();
    }

    private static String configuration() throws Exception {
        String docs = Files.readString(Path.of("../docs/logs.md"));
        Matcher block =
                Pattern.compile("(?s)## OpenTelemetry\n.*?```xml\n(.*?)```").matcher(docs);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    @Test
    void recordWithinASpan_hasItsIds() throws Exception {
        logback.setMDCAdapter(MDC.getMDCAdapter());
        JoranConfigurator joran = new JoranConfigurator();
        joran.setContext(logback);
        joran.doConfigure(new ByteArrayInputStream(configuration().getBytes(StandardCharsets.UTF_8)));
        ((OpenTelemetryAppender) logback.getLogger("ROOT").getAppender("otlp")).setOpenTelemetry(sdk);
        OtelBackend.use(sdk);
        Tracing.reconfigure(TracingConfig.builder().alone().backend("otel").build());

        String ids = Tracing.call("job", (Span job) -> {
            logback.getLogger("app").info("inside");
            return job.traceId() + " " + job.spanId();
        });
        logback.getLogger("app").info("outside");

        List<LogRecordData> logged = records.getFinishedLogRecordItems();
        assertThat(logged)
                .extracting(record -> String.valueOf(record.getBodyValue().asString()))
                .containsExactly("inside", "outside");
        SpanContext context = logged.get(0).getSpanContext();
        assertThat(context.getTraceId() + " " + context.getSpanId()).isEqualTo(ids);
        assertThat(logged.get(1).getSpanContext().isValid()).isFalse();
    }
}
