package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** B3, in one header and in several. */
abstract class B3Cases extends ContractCases {

    private static final String TRACE = "6b0149315b2f0c6a1d2e3f4a5b6c7d8e";
    private static final String PARENT = "00f067aa0ba902b7";

    B3Cases(BackendContract contract) {
        super(contract);
    }

    @Override
    void configure(TracingConfig.Builder builder) {
        builder.set(TracingConfig.PROPAGATION, "b3,b3multi,tracecontext");
    }

    private static Span received(String... namesAndValues) {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Tracing.segment("request", headers, Map::get);
    }

    private void assertContinued() {
        ObservedSpan request = spans(1).named("request");
        assertThat(request.traceId()).isEqualTo(TRACE);
        assertThat(request.parentSpanId()).isEqualTo(PARENT);
    }

    @Test
    void oneHeader_isContinued() {
        received("b3", TRACE + "-" + PARENT + "-1").close();

        assertContinued();
    }

    @Test
    void severalHeaders_areContinued() {
        received("X-B3-TraceId", TRACE, "X-B3-SpanId", PARENT, "X-B3-Sampled", "1")
                .close();

        assertContinued();
    }

    @Test
    void severalHeadersInLowerCase_areContinued() {
        received("x-b3-traceid", TRACE, "x-b3-spanid", PARENT, "x-b3-flags", "1")
                .close();

        assertContinued();
    }

    @Test
    void malformedHeader_leavesTheNextFormat() {
        received("b3", "nonsense", "traceparent", "00-" + TRACE + "-" + PARENT + "-01")
                .close();

        assertContinued();
    }

    @Test
    void idsWithoutADecision_areContinuedAndDecidedHere() {
        received("b3", TRACE + "-" + PARENT).close();

        assertContinued();
    }

    @Test
    void decisionAgainstRecording_isHonoured() {
        try (Span request = received("b3", TRACE + "-" + PARENT + "-0")) {
            assertThat(request.isRecording()).isFalse();
            assertThat(request.traceId()).isEqualTo(TRACE);
        }

        assertThat(spans(0).all()).isEmpty();
    }

    @Test
    void decisionAloneAgainstRecording_isHonoured() {
        received("b3", "0").close();

        assertThat(spans(0).all()).isEmpty();
    }

    @Test
    void decisionAloneForRecording_beginsATrace() {
        received("X-B3-Sampled", "1").close();

        assertThat(spans(1).named("request").parentSpanId()).isNull();
    }

    @Test
    void inject_writesBothFormsAndTheOther() {
        Map<String, String> headers = new HashMap<>();
        Tracing.run("call", call -> {
            Tracing.inject(headers, Map::put);

            assertThat(headers)
                    .containsEntry("b3", call.traceId() + "-" + call.spanId() + "-1")
                    .containsEntry("X-B3-TraceId", call.traceId())
                    .containsEntry("X-B3-SpanId", call.spanId())
                    .containsEntry("X-B3-Sampled", "1")
                    .containsEntry("traceparent", "00-" + call.traceId() + "-" + call.spanId() + "-01")
                    .doesNotContainKeys("X-Amzn-Trace-Id", "X-B3-Flags");
        });
    }

    @Test
    void traceThatIsNotSampled_saysSoToTheNext() {
        Map<String, String> headers = new HashMap<>();
        try (Span request = received("b3", TRACE + "-" + PARENT + "-0")) {
            Tracing.inject(headers, Map::put);
        }

        assertThat(headers.get("b3")).startsWith(TRACE + "-").endsWith("-0");
        assertThat(headers).containsEntry("X-B3-Sampled", "0");
    }
}
