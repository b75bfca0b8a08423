package io.spanloom.examples.cruddur;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.spanloom.Scope;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

@ExtendWith(TracingExtension.class)
class RequestLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(RequestLog.class);
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
        }
    };
    private Instances cruddur;

    @BeforeEach
    void start() throws Exception {
        appender.start();
        logger.addAppender(appender);
        cruddur = new Instances();
    }

    @AfterEach
    void stop() throws Exception {
        cruddur.close();
        logger.detachAppender(appender);
    }

    @Test
    void request_isLoggedWithItsTrace(TraceRecorder traces) throws Exception {
        cruddur.get("/api/activities/boom");

        traces.awaitTraces(1);
        assertThat(lines)
                .containsExactly("127.0.0.1 GET http /api/activities/boom 500 trace="
                        + traces.onlyTrace().roots().get(0).xrayTraceId());
    }

    @Test
    @SuppressWarnings("try") // the scope is there to be closed
    void tracingOff_changesNothingElse() throws Exception {
        try (Scope off =
                Tracing.override(TracingConfig.builder().alone().backend("none").build())) {
            assertThat(cruddur.get("/api/activities/notifications").statusCode())
                    .isEqualTo(200);
        }

        await().untilAsserted(() ->
                assertThat(lines).containsExactly("127.0.0.1 GET http /api/activities/notifications 200 trace=-"));
    }
}
