package io.spanloom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.entities.TraceHeader;
import com.amazonaws.xray.entities.TraceHeader.SampleDecision;
import com.amazonaws.xray.entities.TraceID;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.contrib.awsxray.propagator.AwsXrayPropagator;
import io.opentelemetry.extension.trace.propagation.B3Propagator;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What OpenTelemetry's propagators and the X-Ray SDK write is read here as they mean it, and the other way about. */
class PropagatorsOfOthersTest {

    private static final String TRACE = "6b0149315b2f0c6a1d2e3f4a5b6c7d8e";
    private static final String SPAN = "00f067aa0ba902b7";

    @AfterEach
    void over() {
        Tracing.shutdown();
    }

    private static void speaking(String formats) {
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .backend("log")
                .set(TracingConfig.PROPAGATION, formats)
                .build());
    }

    private static Stream<Arguments> propagators() {
        return Stream.of(
                Arguments.of("tracecontext", W3CTraceContextPropagator.getInstance()),
                Arguments.of("b3", B3Propagator.injectingSingleHeader()),
                Arguments.of("b3multi", B3Propagator.injectingMultiHeaders()),
                Arguments.of("xray", AwsXrayPropagator.getInstance()));
    }

    private static final TextMapGetter<Map<String, String>> GETTER = new TextMapGetter<>() {
        @Override
        @SuppressWarnings("deprecation") // it has to be there as long as it is
        public Iterable<String> keys(Map<String, String> carrier) {
            return carrier.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    };

    private static SpanContext readBy(TextMapPropagator propagator, Map<String, String> headers) {
        Context context = propagator.extract(Context.root(), headers, GETTER);
        return io.opentelemetry.api.trace.Span.fromContext(context).getSpanContext();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("propagators")
    void whatOpenTelemetryWrites_isContinued(String format, TextMapPropagator propagator) {
        speaking(format);
        for (TraceFlags flags : new TraceFlags[] {TraceFlags.getSampled(), TraceFlags.getDefault()}) {
            SpanContext caller = SpanContext.create(
                    TRACE, SPAN, flags, TraceState.builder().put("acme", "1").build());
            Map<String, String> headers = new HashMap<>();
            propagator.inject(
                    Context.root().with(io.opentelemetry.api.trace.Span.wrap(caller)),
                    headers,
                    (carrier, name, value) -> {
                        if (carrier != null) {
                            carrier.put(name, value);
                        }
                    });
            try (Span request = Tracing.segment("request", headers, Map::get)) {
                assertThat(request.traceId()).isEqualTo(TRACE);
                assertThat(request.isSampled()).isEqualTo(flags.isSampled());
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("propagators")
    void whatIsWrittenHere_isContinuedByOpenTelemetry(String format, TextMapPropagator propagator) {
        speaking("xray,tracecontext,b3,b3multi");
        for (boolean sampled : new boolean[] {true, false}) {
            Map<String, String> headers = new HashMap<>();
            String parent = "Root=1-6b014931-5b2f0c6a1d2e3f4a5b6c7d8e;Parent=" + SPAN + ";Sampled=" + (sampled ? 1 : 0);
            try (Span request = Tracing.segment("request", Map.of("X-Amzn-Trace-Id", parent), Map::get)) {
                Tracing.inject(headers, Map::put);
                SpanContext read = readBy(propagator, headers);

                assertThat(read.getTraceId()).isEqualTo(TRACE).isEqualTo(request.traceId());
                assertThat(read.getSpanId()).isEqualTo(request.spanId());
                assertThat(read.isSampled()).isEqualTo(sampled);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void traceStateThatIsPassedOn_isReadByOpenTelemetryInItsOrder(boolean sampled) {
        speaking("tracecontext");
        Map<String, String> came = Map.of(
                "traceparent",
                "00-" + TRACE + "-" + SPAN + (sampled ? "-01" : "-00"),
                "tracestate",
                "acme=1 , tenant@rojo= x y");
        Map<String, String> headers = new HashMap<>();
        try (Span request = Tracing.segment("request", came, Map::get)) {
            Tracing.inject(headers, Map::put);
        }

        assertThat(readBy(W3CTraceContextPropagator.getInstance(), headers)
                        .getTraceState()
                        .asMap())
                .containsExactly(Map.entry("acme", "1"), Map.entry("tenant@rojo", " x y"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatTheXRaySdkWrites_isContinued(boolean sampled) {
        speaking("xray");
        TraceHeader header = new TraceHeader(
                TraceID.fromString("1-6b014931-5b2f0c6a1d2e3f4a5b6c7d8e"),
                SPAN,
                sampled ? SampleDecision.SAMPLED : SampleDecision.NOT_SAMPLED);
        try (Span request = Tracing.segment("request", Map.of("X-Amzn-Trace-Id", header.toString()), Map::get)) {
            assertThat(request.traceId()).isEqualTo(TRACE);
            assertThat(request.isSampled()).isEqualTo(sampled);
            Map<String, String> headers = new HashMap<>();
            Tracing.inject(headers, Map::put);
            TraceHeader read = TraceHeader.fromString(headers.get("X-Amzn-Trace-Id"));

            assertThat(read.getRootTraceId()).hasToString(request.xrayTraceId());
            assertThat(read.getParentId()).isEqualTo(request.spanId());
            assertThat(read.getSampled()).isEqualTo(header.getSampled());
        }
    }
}
