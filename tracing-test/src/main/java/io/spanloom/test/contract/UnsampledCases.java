package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Traces that the sampler leaves out: nothing recorded, but known to the services below. */
abstract class UnsampledCases extends ContractCases {

    UnsampledCases(BackendContract contract) {
        super(contract);
    }

    @Override
    void configure(TracingConfig.Builder builder) {
        builder.set(TracingConfig.SAMPLING, "none").set(TracingConfig.PROPAGATION, "xray,tracecontext");
    }

    private static Map<String, String> injected() {
        Map<String, String> headers = new HashMap<>();
        Tracing.inject(headers, Map::put);
        return headers;
    }

    @Test
    void trace_isNotRecorded() {
        Tracing.run("root", root -> {
            assertThat(root.isRecording()).isFalse();
            assertThat(root.isSampled()).isFalse();
            root.annotation("a", 1).metadata("m", 2).event("e").user("u").http(Http.response(500));
            Tracing.run("child", child -> {
                assertThat(child.isRecording()).isFalse();
                child.annotation("a", 1).fail(new IllegalStateException("boom"));
            });
            Tracing.subsegment("subsegment").close();
            Tracing.segment("segment").close();
        });

        assertThat(spans(0).all()).isEmpty();
        assertThat(Tracing.stats().delivered()).isZero();
    }

    @Test
    void exception_isNotRecordedAndPasses() {
        IllegalStateException boom = new IllegalStateException("boom");

        assertThat(catchThrowable(() -> Tracing.run(
                        "root",
                        root -> Tracing.run("child", child -> {
                            throw boom;
                        }))))
                .isSameAs(boom);
        assertThat(spans(0).all()).isEmpty();
    }

    @Test
    void trace_hasAnIdThatItsChildrenShare() {
        Tracing.run("root", root -> {
            assertThat(root.traceId()).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
            Tracing.run("child", child -> assertThat(child.traceId()).isEqualTo(root.traceId()));
        });
    }

    @Test
    void current_isTheTraceAndIsRestored() {
        Tracing.run("root", root -> {
            assertThat(Tracing.current().traceId()).isEqualTo(root.traceId());
            Tracing.run("child", child -> {});
            assertThat(Tracing.current().traceId()).isEqualTo(root.traceId());
        });
        assertThat(Tracing.current()).isSameAs(Span.noop());
    }

    @Test
    void inject_saysThatTheTraceIsNotSampled() {
        Tracing.run(
                "root",
                root -> Tracing.run(
                        "child",
                        child -> assertThat(injected())
                                .hasEntrySatisfying(
                                        "X-Amzn-Trace-Id",
                                        header -> assertThat(header)
                                                .startsWith("Root=" + root.xrayTraceId() + ";Parent=")
                                                .endsWith(";Sampled=0"))
                                .hasEntrySatisfying(
                                        "traceparent",
                                        header -> assertThat(header)
                                                .startsWith("00-" + root.traceId() + "-")
                                                .endsWith("-00"))));
    }

    @Test
    void anotherThread_knowsThatTheTraceIsNotSampled() throws Exception {
        try (Span root = Tracing.span("root")) {
            elsewhere(Tracing.wrap(() -> {
                assertThat(Tracing.current().traceId()).isEqualTo(root.traceId());
                Tracing.run("child", child -> {});
            }));
        }

        assertThat(spans(0).all()).isEmpty();
    }

    @Test
    void childClosedOutOfOrder_leavesNothingCurrent() {
        Span root = Tracing.span("root");
        Span child = Tracing.span("child");
        root.close();
        child.close();

        assertThat(Tracing.current()).isSameAs(Span.noop());
    }

    @Test
    void closedElsewhere_isNoLongerCurrentHere() throws Exception {
        Span root = Tracing.span("root");
        elsewhere(() -> root.close());

        assertThat(Tracing.current()).isSameAs(Span.noop());
    }

    @Test
    void nextTrace_isAnother() {
        String[] ids = new String[2];
        Tracing.run("one", one -> ids[0] = one.traceId());
        Tracing.run("two", two -> ids[1] = two.traceId());

        assertThat(ids[0]).isNotEqualTo(ids[1]);
    }

    @Test
    void decisionThatIsAskedFor_isAnswered() {
        Map<String, String> headers = Map.of("X-Amzn-Trace-Id", "Root=1-6b014931-5b2f0c6a1d2e3f4a5b6c7d8e;Sampled=?");
        Map<String, String> answer = new HashMap<>();
        try (Span request = Tracing.segment("request", headers, Map::get)) {
            Tracing.answer(request, answer, Map::put);
        }

        assertThat(answer)
                .containsExactly(Map.entry("X-Amzn-Trace-Id", "Root=1-6b014931-5b2f0c6a1d2e3f4a5b6c7d8e;Sampled=0"));
        assertThat(spans(0).all()).isEmpty();
    }

    @Test
    void decisionFromUpstream_isNotTakenAgain() {
        Map<String, String> headers = Map.of("traceparent", "00-6b0149315b2f0c6a1d2e3f4a5b6c7d8e-00f067aa0ba902b7-01");
        try (Span request = Tracing.segment("request", headers, Map::get)) {
            Tracing.run("child", child -> {});
        }

        assertThat(spans(2).named("request").traceId()).isEqualTo("6b0149315b2f0c6a1d2e3f4a5b6c7d8e");
    }

    @Test
    void sampledRequestInsideAnUnsampledTrace_isRecordedAlone() {
        Map<String, String> headers = Map.of("traceparent", "00-6b0149315b2f0c6a1d2e3f4a5b6c7d8e-00f067aa0ba902b7-01");
        Tracing.run("outer", outer -> {
            Tracing.segment("request", headers, Map::get).close();
            assertThat(Tracing.current().traceId()).isEqualTo(outer.traceId());
            assertThat(Tracing.current().isRecording()).isFalse();
        });

        spans(1).named("request");
    }
}
