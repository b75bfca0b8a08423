package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One invocation after another in AWS Lambda: top spans are subsegments of the segment that Lambda sends. */
class LambdaInvocationTest extends InLambda {

    private static final String NEXT_TRACE = "1-5759e999-000000000000000000000001";
    private static final String NEXT_FUNCTION = "1111111111111111";
    private static final String NEXT = "Root=" + NEXT_TRACE + ";Parent=" + NEXT_FUNCTION + ";Sampled=1";

    @Test
    void topSpan_isASubsegmentOfTheFunctionsSegment() {
        try (Span handler = Tracing.span("handler")) {
            handler.annotation("order", 7L);
            Tracing.run("below", below -> {});
        }

        ObjectNode document = only();
        assertThat(document.get("type").asText()).isEqualTo("subsegment");
        assertThat(document.get("trace_id").asText()).isEqualTo(TRACE);
        assertThat(document.get("parent_id").asText()).isEqualTo(FUNCTION);
        assertThat(document.at("/annotations/order").asLong()).isEqualTo(7);
        assertThat(document.at("/subsegments/0/name").asText()).isEqualTo("below");
        assertThat(document.has("service")).isFalse();
    }

    @Test
    void topSpan_isSentByTheThreadThatEndsIt() {
        Tracing.run("handler", handler -> {});

        assertThat(Tracing.stats().delivered()).isEqualTo(1);
        assertThat(Tracing.stats().queued()).isZero();
    }

    @Test
    void subsegmentWithNothingAbove_isBelowTheFunctionsSegment() {
        Tracing.subsegment("load").close();

        assertThat(only().get("parent_id").asText()).isEqualTo(FUNCTION);
    }

    @Test
    void requestInside_isASubsegmentToo() {
        try (Span handler = Tracing.span("handler")) {
            Tracing.segment("GET /").close();
        }

        assertThat(only().at("/subsegments/0/name").asText()).isEqualTo("GET /");
        assertThat(only().get("parent_id").asText()).isEqualTo(FUNCTION);
    }

    @Test
    void messageOfAnotherTrace_isLinkedNotContinued() {
        Map<String, String> attributes =
                Map.of("X-Amzn-Trace-Id", "Root=" + NEXT_TRACE + ";Parent=" + NEXT_FUNCTION + ";Sampled=1");
        Tracing.segment(SpanSpec.named("message").kind(SpanKind.CONSUMER), attributes, Map::get)
                .close();

        assertThat(only().get("trace_id").asText()).isEqualTo(TRACE);
        assertThat(only().at("/metadata/links/list/0/id").asText()).isEqualTo(NEXT_FUNCTION);
    }

    @Test
    void unsampledInvocation_sendsNothingAndTellsTheNextService() {
        invoked("Root=" + TRACE + ";Parent=" + FUNCTION + ";Sampled=0");
        Map<String, String> headers = new HashMap<>();
        try (Span handler = Tracing.span("handler")) {
            assertThat(handler.isRecording()).isFalse();
            Tracing.run("below", below -> Tracing.inject(headers, Map::put));
            assertThat(AWSXRay.beginSubsegment("theirs").isSampled()).isFalse();
            AWSXRay.endSubsegment();
        }

        assertThat(headers.get("X-Amzn-Trace-Id")).startsWith("Root=" + TRACE).endsWith("Sampled=0");
        assertThat(Tracing.stats().offered()).isZero();
        assertThat(daemon.datagrams()).isEmpty();
    }

    @Test
    void headerWithoutADecision_isNotRecorded() {
        invoked("Root=" + TRACE);
        try (Span handler = Tracing.span("handler")) {
            assertThat(handler.isRecording()).isFalse();
            assertThat(handler.xrayTraceId()).isEqualTo(TRACE);
        }

        assertThat(Tracing.stats().offered()).isZero();
    }

    @Test
    void outsideAnInvocation_nothingIsRecorded() {
        over();
        try (Span early = Tracing.span("early")) {
            assertThat(early).isSameAs(Span.noop());
        }

        invoked(NEXT);
        Tracing.run("handler", handler -> {});
        assertThat(only().get("trace_id").asText()).isEqualTo(NEXT_TRACE);
    }

    @Test
    void nextInvocation_isAnotherTrace() {
        Tracing.run("first", first -> {});
        invoked(NEXT);
        Tracing.run("second", second -> {});

        assertThat(documents(2))
                .extracting(document -> document.get("trace_id").asText())
                .containsExactly(TRACE, NEXT_TRACE);
        assertThat(named("second").get("parent_id").asText()).isEqualTo(NEXT_FUNCTION);
    }

    @Test
    void spanNeverClosed_isSentUnfinishedAndTheNextInvocationBeginsAnew() {
        Span leaked = Tracing.span("leaked");
        Span leakedBelow = Tracing.span("leaked below");
        invoked(NEXT);
        Tracing.run("second", second -> {});

        List<ObjectNode> documents = documents(3);
        assertThat(LocalDaemon.named(documents, "leaked")
                        .at("/metadata/spanloom/unfinished")
                        .asBoolean())
                .isTrue();
        assertThat(LocalDaemon.named(documents, "leaked").get("end_time").asDouble())
                .isGreaterThan(1e9);
        assertThat(LocalDaemon.named(documents, "leaked below").get("trace_id").asText())
                .isEqualTo(TRACE);
        assertThat(LocalDaemon.named(documents, "second").get("trace_id").asText())
                .isEqualTo(NEXT_TRACE);
        leakedBelow.close();
        leaked.close();
        assertThat(Tracing.current()).isSameAs(Span.noop());
    }

    @Test
    void retryWithinTheSameTrace_isRecognised() {
        Span leaked = Tracing.span("leaked");
        invoked("Root=" + TRACE + ";Parent=" + NEXT_FUNCTION + ";Sampled=1");
        Tracing.run("retry", retry -> {});

        assertThat(named("retry").get("parent_id").asText()).isEqualTo(NEXT_FUNCTION);
        leaked.close();
    }

    @Test
    void whatTheSdkLeftBehind_isNotTheNextInvocations() {
        AWSXRay.beginSubsegment("leaked by the sdk");
        invoked(NEXT);
        Tracing.run("second", second -> {});

        assertThat(only().get("trace_id").asText()).isEqualTo(NEXT_TRACE);
        AWSXRay.clearTraceEntity();
    }

    @Test
    void workThatGoesOnElsewhere_staysInItsOwnInvocation() throws Exception {
        Span[] late = new Span[1];
        Runnable work;
        try (Span handler = Tracing.span("handler")) {
            work = Tracing.wrap(() -> {
                late[0] = Tracing.span("late");
                Tracing.run("below late", below -> {});
                late[0].close();
            });
        }
        invoked(NEXT);
        elsewhere(() -> {
            work.run();
            return null;
        });

        assertThat(Tracing.flush(DEADLINE)).isTrue();
        keepUp();
        assertThat(LocalDaemon.flat(daemon.documents()))
                .allSatisfy(document ->
                        assertThat(document.get("trace_id").asText()).isEqualTo(TRACE));
    }

    @Test
    void childThatOutlivesTheTopSpan_arrivesAllTheSame() {
        Span late;
        try (Span handler = Tracing.span("handler")) {
            late = Tracing.span("late").detach();
        }
        late.close();

        List<ObjectNode> documents = documents(3);
        assertThat(documents)
                .extracting(document -> document.get("name").asText())
                .containsExactly("late", "handler", "late");
        assertThat(documents.get(0).at("/metadata/spanloom/unfinished").asBoolean())
                .isTrue();
        assertThat(documents.get(2).at("/metadata/spanloom/unfinished").isMissingNode())
                .isTrue();
        assertThat(documents.get(2).get("parent_id")).isEqualTo(documents.get(1).get("id"));
    }

    @Test
    void failure_isOnTheTopSpan() {
        try {
            Tracing.run("handler", handler -> {
                throw new IOException("no disk");
            });
        } catch (IOException expected) {
            // as without tracing
        }

        assertThat(only().get("fault").asBoolean()).isTrue();
        assertThat(only().at("/cause/exceptions/0/message").asText()).isEqualTo("no disk");
    }

    @Test
    void threadWithNothingCurrent_hasATopSpanOfItsOwn() throws Exception {
        Tracing.run(
                "handler",
                handler -> elsewhere(() -> {
                    Tracing.run("other thread", other -> {});
                    return null;
                }));

        assertThat(documents(2))
                .allSatisfy(document ->
                        assertThat(document.get("parent_id").asText()).isEqualTo(FUNCTION));
    }

    @Test
    void thousandsOfSpans_leaveAheadAndOnce() {
        try (Span handler = Tracing.span("handler")) {
            for (int i = 0; i < 1_200; i++) {
                Tracing.run("step", step -> {});
            }
        }

        keepUp();
        List<ObjectNode> flat = LocalDaemon.flat(daemon.documents());
        assertThat(flat).hasSize(1_201);
        assertThat(flat).extracting(document -> document.get("id").asText()).doesNotHaveDuplicates();
    }
}
