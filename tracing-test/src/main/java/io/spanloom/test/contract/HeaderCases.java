package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code X-Amzn-Trace-Id} as load balancers, other SDKs and strangers write it; what is answered, and what goes on. */
abstract class HeaderCases extends ContractCases {

    private static final String NAME = "X-Amzn-Trace-Id";
    private static final String TRACE = "6b0149315b2f0c6a1d2e3f4a5b6c7d8e";
    private static final String ROOT = "Root=1-6b014931-5b2f0c6a1d2e3f4a5b6c7d8e";
    private static final String PARENT = "00f067aa0ba902b7";

    HeaderCases(BackendContract contract) {
        super(contract);
    }

    @Override
    void configure(TracingConfig.Builder builder) {
        builder.set(TracingConfig.PROPAGATION, "xray,tracecontext");
    }

    private static Map<String, String> answer(Span span) {
        Map<String, String> headers = new HashMap<>();
        Tracing.answer(span, headers, Map::put);
        return headers;
    }

    /** The header of a call that a request with this one makes. */
    private static String next(String header) {
        Map<String, String> headers = new HashMap<>();
        try (Span request = Tracing.segment("request", Map.of(NAME, header), Map::get)) {
            Tracing.run("call", call -> Tracing.inject(headers, Map::put));
        }
        return headers.getOrDefault(NAME, "(none)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ROOT=1-6B014931-5B2F0C6A1D2E3F4A5B6C7D8E;PARENT=00F067AA0BA902B7;SAMPLED=1",
                " sampled = 1 ; parent = 00f067aa0ba902b7 ;; root = 1-6b014931-5b2f0c6a1d2e3f4a5b6c7d8e ; ",
                "Self=1-67891234-12456789abcdef012345678;" + ROOT + ";Parent=" + PARENT + ";Sampled=1",
                ROOT + ";Parent=" + PARENT + ";Sampled=1;Lineage=a87bd80c:1|68fd508a:5;CalledFrom=app",
                ROOT + ";Parent=" + PARENT + ";Sampled=1;junk;=;x=",
                ROOT + ";Parent=" + PARENT + ";Sampled=yes",
            })
    void headerInAnyOrderAndCase_isContinued(String header) {
        Tracing.segment("request", Map.of(NAME, header), Map::get).close();

        ObservedSpan request = spans(1).named("request");
        assertThat(request.traceId()).isEqualTo(TRACE);
        assertThat(request.parentSpanId()).isEqualTo(PARENT);
    }

    @Test
    void nameInLowerCase_isFound() {
        Tracing.segment("request", Map.of("x-amzn-trace-id", ROOT + ";Parent=" + PARENT + ";Sampled=1"), Map::get)
                .close();

        assertThat(spans(1).named("request").traceId()).isEqualTo(TRACE);
    }

    @Test
    void parentThatIsNone_leavesTheTrace() {
        Tracing.segment("request", Map.of(NAME, ROOT + ";Parent=nonsense;Sampled=1"), Map::get)
                .close();

        ObservedSpan request = spans(1).named("request");
        assertThat(request.traceId()).isEqualTo(TRACE);
        assertThat(request.parentSpanId()).isNull();
    }

    @Test
    void rootThatIsNone_leavesNothing() {
        Tracing.segment("request", Map.of(NAME, "Root=1-6b014931-x;Parent=" + PARENT + ";Sampled=0"), Map::get)
                .close();

        ObservedSpan request = spans(1).named("request");
        assertThat(request.traceId()).isNotEqualTo(TRACE);
        assertThat(request.parentSpanId()).isNull();
    }

    @Test
    void headerOfAMegabyte_isReadToItsFirstKilobyte() {
        String header = ROOT + ";Parent=" + PARENT + ";Sampled=1" + ";x=1".repeat(1 << 18);

        assertThat(next(header)).startsWith(ROOT + ";Parent=").hasSizeLessThanOrEqualTo(256);
        assertThat(spans(2).named("request").traceId()).isEqualTo(TRACE);
    }

    @Test
    void noteOfALoadBalancer_doesNotGoOn() {
        assertThat(next("Self=1-67891234-12456789abcdef012345678;" + ROOT + ";Parent=" + PARENT + ";Sampled=1"))
                .startsWith(ROOT)
                .endsWith(";Sampled=1");
    }

    @Test
    void unknownKeysAndLineage_goOnInTheirOrder() {
        assertThat(next(ROOT + ";CalledFrom=app;Parent=" + PARENT + ";Lineage=a87bd80c:1|68fd508a:5;Sampled=1"))
                .endsWith(";Sampled=1;CalledFrom=app;Lineage=a87bd80c:1|68fd508a:5");
    }

    @Test
    void unknownKeysOfAnUnsampledTrace_goOnWithItsDecision() {
        assertThat(next(ROOT + ";Parent=" + PARENT + ";Sampled=0;Lineage=a87bd80c:1"))
                .startsWith(ROOT + ";Parent=")
                .endsWith(";Sampled=0;Lineage=a87bd80c:1");
        assertThat(spans(0).all()).isEmpty();
    }

    @Test
    void moreThanAHeaderHolds_doesNotGoOn() {
        String kept = ";a=" + "1".repeat(100);

        assertThat(next(ROOT + ";Parent=" + PARENT + ";Sampled=1" + kept + ";b=" + "2".repeat(100)))
                .endsWith(";Sampled=1" + kept)
                .hasSizeLessThanOrEqualTo(256);
    }

    @Test
    void decisionThatIsAskedFor_isAnswered() {
        try (Span request = Tracing.segment("request", Map.of(NAME, ROOT + ";Sampled=?"), Map::get)) {
            assertThat(answer(request))
                    .containsExactly(Map.entry(NAME, "Root=" + request.xrayTraceId() + ";Sampled=1"));
        }

        assertThat(spans(1).named("request").traceId()).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(strings = {ROOT, ROOT + ";Sampled=1", "garbage"})
    void decisionThatIsNotAskedFor_isNotAnswered(String header) {
        try (Span request = Tracing.segment("request", Map.of(NAME, header), Map::get)) {
            assertThat(answer(request)).containsExactly(Map.entry(NAME, "Root=" + request.xrayTraceId()));
        }
    }

    @Test
    void answerOfNothing_writesNothing() {
        assertThat(answer(Span.noop())).isEmpty();
    }

    @Test
    void answerThatCannotBeWritten_harmsNobody() {
        try (Span request = Tracing.segment("request", Map.of(NAME, ROOT), Map::get)) {
            Tracing.answer(request, "carrier", (carrier, name, value) -> {
                throw new IllegalStateException("committed");
            });
        }

        spans(1).named("request");
    }
}
