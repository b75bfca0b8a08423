package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.SpanSeed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is decided before a span starts: by a leader, or by headers. */
class SeedTest {

    private static final String TRACE = "6b014d1bebb10242c0c6c79d2f596a40";
    private static final SpanSpec SPEC = SpanSpec.named("work");

    private final LocalDaemon daemon = new LocalDaemon();
    private final XRayBackend backend = new XRayBackend("cruddur", root -> false, daemon.address());

    @AfterEach
    void close() {
        backend.close();
        daemon.close();
    }

    @Test
    void follower_takesIdsDecisionAndStart() {
        SpanSeed seed = SpanSeed.follow(null, TRACE, "508f96e9935a529a", true, 1_795_247_387_798_123_456L);
        try (Span root = backend.start(SPEC, seed)) {
            SpanSeed child = SpanSeed.follow(null, TRACE, "63c1feb846410e48", true, 1_795_247_387_798_223_456L);
            backend.start(SPEC, child).close();
            assertThat(root.traceId()).isEqualTo(TRACE);
        }

        assertThat(backend.flush(Duration.ofSeconds(10))).isTrue();
        ObjectNode document = daemon.await(1).get(0);
        assertThat(document.get("trace_id").asText()).isEqualTo("1-6b014d1b-ebb10242c0c6c79d2f596a40");
        assertThat(document.get("id").asText()).isEqualTo("508f96e9935a529a");
        assertThat(document.get("start_time").asDouble()).isEqualTo(1_795_247_387_798_123_456L / 1e9);
        assertThat(document.at("/subsegments/0/id").asText()).isEqualTo("63c1feb846410e48");
    }

    @Test
    void decisionOfTheCaller_isHonouredAgainstTheSampler() {
        backend.start(SPEC, SpanSeed.remote(TRACE, "508f96e9935a529a", true)).close();
        backend.start(SPEC, SpanSeed.remote(TRACE, "508f96e9935a529a", null)).close();

        assertThat(backend.flush(Duration.ofSeconds(10))).isTrue();
        assertThat(backend.stats()).isEqualTo(new BackendStats(1, 1, java.util.Map.of(), 0));
    }

    @Test
    void ruleByWhichTheLeaderDecided_isInTheFollowersDocument() {
        backend.start(
                        SPEC,
                        SpanSeed.follow(null, TRACE, "508f96e9935a529a", true, 0)
                                .decidedBy("Cruddur"))
                .close();

        assertThat(backend.flush(Duration.ofSeconds(10))).isTrue();
        assertThat(daemon.await(1).get(0).at("/aws/xray/rule_name").asText()).isEqualTo("Cruddur");
    }

    @Test
    void newRoot_takesNoParentAndRestoresIt() {
        try (Span outer = backend.start(SPEC, SpanSeed.remote(TRACE, null, true))) {
            Span other = backend.start(
                    SpanSpec.named("other").kind(SpanKind.SERVER),
                    new SpanSeed(null, null, true, null, 0, null, null, true));
            assertThat(other.traceId()).isNotEqualTo(TRACE);
            other.close();
            assertThat(backend.current()).isSameAs(outer);
        }

        assertThat(backend.flush(Duration.ofSeconds(10))).isTrue();
        List<ObjectNode> documents = daemon.await(2);
        assertThat(documents.get(0).has("parent_id")).isFalse();
    }

    @Test
    void samplerThatThrows_countsAsNo() {
        try (XRayBackend broken = new XRayBackend(
                        "cruddur",
                        root -> {
                            throw new IllegalStateException("broken");
                        },
                        daemon.address());
                Span span = broken.start(SPEC, null)) {
            assertThat(span.isSampled()).isFalse();
        }
    }
}
