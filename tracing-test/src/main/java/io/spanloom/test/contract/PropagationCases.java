package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A trace on its way from service to service, in both forms of headers. */
abstract class PropagationCases extends ContractCases {

    private static final String TRACE = "6b0149315b2f0c6a1d2e3f4a5b6c7d8e";
    private static final String XRAY_TRACE = "1-6b014931-5b2f0c6a1d2e3f4a5b6c7d8e";
    private static final String PARENT = "00f067aa0ba902b7";

    PropagationCases(BackendContract contract) {
        super(contract);
    }

    @Override
    void configure(TracingConfig.Builder builder) {
        builder.set(TracingConfig.PROPAGATION, "xray,tracecontext");
    }

    private static Map<String, String> xray(String header) {
        return Map.of("X-Amzn-Trace-Id", header);
    }

    private static Map<String, String> w3c(String header) {
        return Map.of("traceparent", header);
    }

    private static Map<String, String> injected() {
        Map<String, String> headers = new HashMap<>();
        Tracing.inject(headers, Map::put);
        return headers;
    }

    private ObservedSpan request(Map<String, String> headers) {
        Tracing.segment("request", headers, Map::get).close();
        return spans(1).named("request");
    }

    private static void assertContinues(ObservedSpan request) {
        assertThat(request.traceId()).isEqualTo(TRACE);
        assertThat(request.parentSpanId()).isEqualTo(PARENT);
        assertThat(request.segment()).isTrue();
    }

    private static void assertBeginsATrace(ObservedSpan request) {
        assertThat(request.traceId()).isNotEqualTo(TRACE);
        assertThat(request.parentSpanId()).isNull();
        assertThat(request.segment()).isTrue();
    }

    @Test
    void xrayHeader_isContinued() {
        assertContinues(request(xray("Root=" + XRAY_TRACE + ";Parent=" + PARENT + ";Sampled=1")));
    }

    @Test
    void traceparent_isContinued() {
        assertContinues(request(w3c("00-" + TRACE + "-" + PARENT + "-01")));
    }

    @Test
    void xrayHeaderWithoutDecision_isContinuedAndDecidedHere() {
        assertContinues(request(xray("Root=" + XRAY_TRACE + ";Parent=" + PARENT)));
    }

    @Test
    void xrayHeaderWithoutParent_isContinuedAsTheFirstOfItsTrace() {
        ObservedSpan request = request(xray("Root=" + XRAY_TRACE));

        assertThat(request.traceId()).isEqualTo(TRACE);
        assertThat(request.parentSpanId()).isNull();
    }

    @Test
    void malformedXrayHeader_isIgnored() {
        assertBeginsATrace(request(xray("Root=1-nonsense;Parent=" + PARENT)));
    }

    @Test
    void malformedTraceparent_isIgnored() {
        assertBeginsATrace(request(w3c("00-" + TRACE.toUpperCase(java.util.Locale.ROOT) + "-" + PARENT + "-01")));
    }

    @Test
    void allZeroTraceparent_isIgnored() {
        assertBeginsATrace(request(w3c("00-" + "0".repeat(32) + "-" + PARENT + "-01")));
    }

    @Test
    void noHeader_beginsATrace() {
        assertBeginsATrace(request(Map.of()));
    }

    @Test
    void bothHeaders_theFirstConfiguredWins() {
        assertContinues(request(Map.of(
                "X-Amzn-Trace-Id",
                "Root=" + XRAY_TRACE + ";Parent=" + PARENT + ";Sampled=1",
                "traceparent",
                "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01")));
    }

    @Test
    void malformedFirstHeader_leavesTheSecond() {
        assertContinues(
                request(Map.of("X-Amzn-Trace-Id", "garbage", "traceparent", "00-" + TRACE + "-" + PARENT + "-01")));
    }

    @Test
    void unsampledXrayHeader_isHonoured() {
        assertHonoursUnsampled(xray("Root=" + XRAY_TRACE + ";Parent=" + PARENT + ";Sampled=0"));
    }

    @Test
    void unsampledTraceparent_isHonoured() {
        assertHonoursUnsampled(w3c("00-" + TRACE + "-" + PARENT + "-00"));
    }

    private void assertHonoursUnsampled(Map<String, String> headers) {
        try (Span request = Tracing.segment("request", headers, Map::get)) {
            assertThat(request.isRecording()).isFalse();
            assertThat(request.traceId()).isEqualTo(TRACE);
            Tracing.run("child", child -> assertThat(child.isRecording()).isFalse());
            assertThat(injected().get("X-Amzn-Trace-Id"))
                    .startsWith("Root=" + XRAY_TRACE + ";Parent=")
                    .contains("Sampled=0");
        }

        assertThat(spans(0).all()).isEmpty();
    }

    @Test
    void childOfAContinuedRequest_isOfItsTrace() {
        try (Span request = Tracing.segment("request", w3c("00-" + TRACE + "-" + PARENT + "-01"), Map::get)) {
            Tracing.run("child", child -> {});
        }

        ObservedSpans spans = spans(2);
        assertThat(spans.named("child").traceId()).isEqualTo(TRACE);
        assertThat(spans.named("child").parentSpanId())
                .isEqualTo(spans.named("request").spanId());
    }

    @Test
    void requestWhileSomethingIsCurrent_belongsToItsHeaders() {
        Tracing.run("outer", outer -> {
            Tracing.segment("request", w3c("00-" + TRACE + "-" + PARENT + "-01"), Map::get)
                    .close();
            assertThat(Tracing.current().spanId()).isEqualTo(outer.spanId());
        });

        assertContinues(spans(2).named("request"));
    }

    @Test
    void requestWithoutHeadersWhileSomethingIsCurrent_isASegmentBelowIt() {
        Tracing.run(
                "outer",
                outer -> Tracing.segment("request", Map.<String, String>of(), Map::get)
                        .close());

        ObservedSpans spans = spans(2);
        assertThat(spans.named("request").parentSpanId())
                .isEqualTo(spans.named("outer").spanId());
        assertThat(spans.named("request").segment()).isTrue();
    }

    @Test
    void message_isContinuedToo() {
        SpanSpec spec = SpanSpec.named("message").kind(SpanKind.CONSUMER);
        Tracing.segment(spec, xray("Root=" + XRAY_TRACE + ";Parent=" + PARENT + ";Sampled=1"), Map::get)
                .close();

        assertContinues(spans(1).named("message"));
    }

    @Test
    void inject_writesTheCurrentSpanInBothForms() {
        Tracing.run(
                "root",
                root -> Tracing.run(
                        "call",
                        call -> assertThat(injected())
                                .containsEntry(
                                        "X-Amzn-Trace-Id",
                                        "Root=" + call.xrayTraceId() + ";Parent=" + call.spanId() + ";Sampled=1")
                                .containsEntry("traceparent", "00-" + call.traceId() + "-" + call.spanId() + "-01")));
    }

    @Test
    void injectWithNothingCurrent_writesNothing() {
        assertThat(injected()).isEmpty();
    }

    @Test
    void injectedAndExtracted_isOneTrace() throws Exception {
        try (Span call = Tracing.span("call")) {
            Map<String, String> headers = injected();
            elsewhere(() -> Tracing.segment("request", headers, Map::get).close());
        }

        ObservedSpans spans = spans(2);
        assertThat(spans.named("request").traceId())
                .isEqualTo(spans.named("call").traceId());
        assertThat(spans.named("request").parentSpanId())
                .isEqualTo(spans.named("call").spanId());
    }

    @Test
    void whatCameWithTheRequest_goesOnWithItsCalls() {
        Map<String, String> headers = Map.of(
                "X-Amzn-Trace-Id",
                "Root=" + XRAY_TRACE + ";Parent=" + PARENT + ";Sampled=1;Lineage=a87bd80c:1|68fd508a:5");
        try (Span request = Tracing.segment("request", headers, Map::get)) {
            Tracing.run(
                    "call",
                    call -> assertThat(injected().get("X-Amzn-Trace-Id"))
                            .endsWith(";Sampled=1;Lineage=a87bd80c:1|68fd508a:5"));
        }
    }

    @Test
    void tracestate_goesOnWithItsCalls() {
        Map<String, String> headers =
                Map.of("traceparent", "00-" + TRACE + "-" + PARENT + "-01", "tracestate", "acme=1,other=x:y");
        try (Span request = Tracing.segment("request", headers, Map::get)) {
            Tracing.run("call", call -> assertThat(injected()).containsEntry("tracestate", "acme=1,other=x:y"));
        }
    }
}
