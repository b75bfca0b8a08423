package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.amazonaws.xray.strategy.IgnoreErrorContextMissingStrategy;
import com.amazonaws.xray.strategy.sampling.AllSamplingStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.BackendStats;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The X-Ray backend with a receiver that loses nothing. */
abstract class InMemory {

    static final Duration DEADLINE = Duration.ofSeconds(60);

    final RememberingSink sink = new RememberingSink();
    private final AWSXRayRecorder before = AWSXRay.getGlobalRecorder();

    @BeforeEach
    final void inForce() {
        AWSXRay.setGlobalRecorder(AWSXRayRecorderBuilder.standard()
                .withSamplingStrategy(new AllSamplingStrategy())
                .withContextMissingStrategy(new IgnoreErrorContextMissingStrategy())
                .build());
        start(Exporter.Limits.DEFAULT, false);
    }

    final void start(Exporter.Limits limits, boolean adoptEmitter) {
        BackendProvider provider = new BackendProvider() {
            @Override
            public String name() {
                return "xray-in-memory";
            }

            @Override
            public Backend create(TracingConfig config) {
                return new XRayBackend("cruddur", config.sampler(), sink, limits, adoptEmitter);
            }
        };
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .service("cruddur")
                .provider(provider)
                .backend("xray-in-memory")
                .build());
    }

    @AfterEach
    final void nothingLeft() {
        Object left = AWSXRay.getTraceEntity();
        AWSXRay.clearTraceEntity();
        Tracing.shutdown();
        AWSXRay.setGlobalRecorder(before);
        assertThat(left).as("current after the test").isNull();
    }

    final ObjectNode named(String name) {
        return LocalDaemon.named(sink.documents(), name);
    }

    /** Everything that was sent, each span by itself: nothing was dropped, and nothing was sent twice. */
    final List<ObjectNode> allOnce() {
        assertThat(Tracing.flush(DEADLINE)).isTrue();
        BackendStats stats = Tracing.stats();
        assertThat(stats.dropped()).isEmpty();
        assertThat(stats.offered()).isEqualTo(stats.delivered());
        assertThat(sink.longest()).isLessThanOrEqualTo(DatagramBuffer.MAX_BYTES);
        List<ObjectNode> flat = sink.flat();
        assertThat(flat).extracting(document -> document.get("id").asText()).doesNotHaveDuplicates();
        return flat;
    }
}
