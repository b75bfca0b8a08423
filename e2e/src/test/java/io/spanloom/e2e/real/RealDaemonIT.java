package io.spanloom.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only AWS's own daemon can show: that it takes our datagrams, the largest too. */
class RealDaemonIT {

    @BeforeEach
    void installed() {
        assumeFalse(
                Installed.daemon().isEmpty(),
                () -> "the X-Ray daemon could not be installed: " + Installed.daemonAbsent());
    }

    @Test
    void documentAsLargeAsADatagram_arrivesWhole() throws Exception {
        try (Api api = new Api();
                Daemon daemon = DaemonProcess.xray(api);
                Scope tracing = Tracing.override(TracingConfig.builder()
                        .alone()
                        .service("large")
                        .backend("xray")
                        .set("tracing.xray.daemon-address", daemon.address())
                        .build())) {
            try (Span span = Tracing.span("large")) {
                for (int i = 0; i < 4; i++) {
                    span.metadata("ns", "k" + i, "x".repeat(15_000));
                }
            }

            assertThat(Tracing.flush(Duration.ofSeconds(20))).isTrue();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> api.arrived() == 1);
            assertThat(api.documents().get(0).at("/metadata/ns").size()).isEqualTo(4);
        }
    }
}
