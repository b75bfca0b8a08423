package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.entities.TraceHeader;
import com.amazonaws.xray.entities.TraceID;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Our spans and those of code that uses the X-Ray SDK directly, above and below one another. */
class SdkNestingTest extends AtTheDaemon {

    @Test
    void spansUnderTheSdksSegment_areInTheDocumentThatTheSdkSends() {
        AWSXRay.beginSegment("sdk");
        Tracing.run("outer", outer -> {
            outer.annotation("k", "v").metadata("m", List.of(1, "two"));
            Tracing.run("inner", inner -> inner.fail(new IOException("disk")));
        });
        AWSXRay.endSegment();

        List<ObjectNode> documents = documents(1);
        assertThat(documents).hasSize(1);
        ObjectNode outer = (ObjectNode) documents.get(0).at("/subsegments/0");
        assertThat(outer.get("name").asText()).isEqualTo("outer");
        assertThat(outer.at("/annotations/k").asText()).isEqualTo("v");
        assertThat(outer.at("/metadata/default/m").toString()).isEqualTo("[1,\"two\"]");
        assertThat(outer.at("/subsegments/0/name").asText()).isEqualTo("inner");
        assertThat(outer.at("/subsegments/0/cause/exceptions/0/message").asText())
                .isEqualTo("disk");
        assertThat(Tracing.stats().offered()).isZero();
    }

    @Test
    void sdksSubsegmentsUnderOurs_areInOurDocument() {
        try (Span root = Tracing.span("root")) {
            Subsegment sdk = AWSXRay.beginSubsegment("sdk");
            sdk.putAnnotation("k", "v");
            Tracing.run("ours below", ours -> AWSXRay.createSubsegment("sdk below", () -> {}));
            AWSXRay.endSubsegment();
            assertThat(Tracing.current().spanId()).isEqualTo(root.spanId());
        }

        List<ObjectNode> documents = documents(1);
        assertThat(documents).hasSize(1);
        ObjectNode sdk = (ObjectNode) documents.get(0).at("/subsegments/0");
        assertThat(sdk.get("name").asText()).isEqualTo("sdk");
        assertThat(sdk.at("/annotations/k").asText()).isEqualTo("v");
        assertThat(sdk.at("/subsegments/0/name").asText()).isEqualTo("ours below");
        assertThat(sdk.at("/subsegments/0/subsegments/0/name").asText()).isEqualTo("sdk below");
    }

    @Test
    void manySpansUnderTheSdksSegment_allArriveOnceThroughItsStreaming() {
        Segment segment = AWSXRay.beginSegment("sdk");
        for (int i = 0; i < 150; i++) {
            int number = i;
            Tracing.run(
                    "ours " + i,
                    ours -> AWSXRay.createSubsegment("theirs " + number, () -> {
                        Tracing.run("below " + number, below -> below.metadata("n", number));
                    }));
        }
        AWSXRay.endSegment();

        assertThat(Tracing.flush(DEADLINE)).isTrue();
        List<ObjectNode> flat = Awaitility.await()
                .atMost(DEADLINE)
                .until(() -> LocalDaemon.flat(daemon.documents()), all -> all.size() >= 451);
        assertThat(flat).hasSize(451);
        assertThat(flat.stream().map(document -> document.get("id").asText()).distinct())
                .hasSize(451);
        assertThat(flat)
                .allMatch(document -> document.get("trace_id")
                        .asText()
                        .equals(segment.getTraceId().toString()));
        ObjectNode below = LocalDaemon.named(daemon.documents(), "below 7");
        assertThat(below.get("parent_id"))
                .isEqualTo(LocalDaemon.named(daemon.documents(), "theirs 7").get("id"));
        assertThat(below.at("/metadata/default/n").asInt()).isEqualTo(7);
    }

    @Test
    void requestUnderTheSdksSegment_isASegmentOfItsTraceThatWeSend() {
        Segment sdk = AWSXRay.beginSegment("sdk");
        Tracing.run(SpanSpec.named("GET /").kind(SpanKind.SERVER), request -> {});
        AWSXRay.endSegment();

        documents(2);
        ObjectNode request = named("cruddur");
        assertThat(request.get("trace_id").asText()).isEqualTo(sdk.getTraceId().toString());
        assertThat(request.get("parent_id").asText()).isEqualTo(sdk.getId());
        assertThat(request.has("type")).isFalse();
    }

    @Test
    void sdksSubsegmentThatLeaks_isLeftBehindClosedAndMarked() {
        try (Span root = Tracing.span("root")) {
            Tracing.run("outer", outer -> AWSXRay.beginSubsegment("leaked"));
            assertThat(AWSXRay.getTraceEntity().getId()).isEqualTo(root.spanId());
            Tracing.run("after", after -> {});
        }

        assertThat(named("after").get("parent_id")).isEqualTo(named("root").get("id"));
        ObjectNode leaked = named("leaked");
        assertThat(leaked.at("/metadata/spanloom/unfinished").asBoolean()).isTrue();
        assertThat(leaked.get("parent_id")).isEqualTo(named("outer").get("id"));
        assertThat(leaked.get("end_time").asDouble())
                .isGreaterThanOrEqualTo(leaked.get("start_time").asDouble());
    }

    @Test
    void sdksEndOfWhateverIsCurrent_doesNotEndOurs() {
        try (Span root = Tracing.span("root");
                Span child = Tracing.span("child")) {
            AWSXRay.endSubsegment();
            assertThat(child.isRecording()).isTrue();
            assertThat(AWSXRay.getTraceEntity().getId()).isEqualTo(root.spanId());
            child.annotation("still", true);
        }

        assertThat(named("child").at("/annotations/still").asBoolean()).isTrue();
    }

    @Test
    void current_isAHandleOnTheSdksEntity() {
        Segment segment = AWSXRay.beginSegment("sdk");
        Subsegment subsegment = AWSXRay.beginSubsegment("theirs");
        Span current = Tracing.current();
        assertThat(current.spanId()).isEqualTo(subsegment.getId());
        assertThat(current.xrayTraceId()).isEqualTo(segment.getTraceId().toString());
        current.annotation("n", 1L).metadata("m", Map.of("a", 1)).user("andrew").fail(new IOException("disk"));
        current.close();
        assertThat(AWSXRay.getTraceEntity()).isSameAs(subsegment);
        AWSXRay.endSubsegment();
        AWSXRay.endSegment();

        documents(1);
        ObjectNode theirs = named("theirs");
        assertThat(theirs.at("/annotations/n").asLong()).isEqualTo(1);
        assertThat(theirs.at("/metadata/default/m/a").asInt()).isEqualTo(1);
        assertThat(theirs.at("/cause/exceptions/0/type").asText()).isEqualTo("java.io.IOException");
        assertThat(theirs.get("fault").asBoolean()).isTrue();
        assertThat(named("sdk").get("user").asText()).isEqualTo("andrew");
    }

    @Test
    void headerThatTheSdkMakesOfOurEntity_namesIt() {
        try (Span root = Tracing.span("root");
                Span child = Tracing.span("child")) {
            assertThat(TraceHeader.fromEntity(AWSXRay.getTraceEntity()).toString())
                    .isEqualTo("Root=" + root.xrayTraceId() + ";Parent=" + child.spanId() + ";Sampled=1");
            Subsegment theirs = AWSXRay.beginSubsegment("theirs");
            assertThat(TraceHeader.fromEntity(theirs).toString())
                    .isEqualTo("Root=" + root.xrayTraceId() + ";Parent=" + theirs.getId() + ";Sampled=1");
            AWSXRay.endSubsegment();
        }
    }

    @Test
    void spanUnderTheSdksUnsampledSegment_recordsNothingAndAllocatesNoScope() {
        AWSXRay.getGlobalRecorder().beginNoOpSegment(TraceID.fromString("1-6b014d1b-ebb10242c0c6c79d2f596a40"));
        Entity before = AWSXRay.getTraceEntity();
        try (Span span = Tracing.span("ours")) {
            assertThat(span.isRecording()).isFalse();
            assertThat(span.isSampled()).isFalse();
            assertThat(span.xrayTraceId()).isEqualTo("1-6b014d1b-ebb10242c0c6c79d2f596a40");
            assertThat(AWSXRay.getTraceEntity()).isSameAs(before);
        }
        AWSXRay.endSegment();

        assertThat(Tracing.flush(DEADLINE)).isTrue();
        assertThat(daemon.datagrams()).isEmpty();
    }

    @Test
    void spanBegunAfterTheSdkSentItsSegment_arrivesAloneAndTheSegmentOnce() throws Exception {
        Segment segment = AWSXRay.beginSegment("sdk");
        TraceContext context = Tracing.capture();
        AWSXRay.endSegment();
        elsewhere(() -> {
            context.run(() -> Tracing.run("late", late -> {}));
            assertThat(AWSXRay.getTraceEntity()).isNull();
            return true;
        });

        List<ObjectNode> documents = documents(2);
        assertThat(documents).hasSize(2);
        ObjectNode late = LocalDaemon.named(documents, "late");
        assertThat(late.get("type").asText()).isEqualTo("subsegment");
        assertThat(late.get("parent_id").asText()).isEqualTo(segment.getId());
        assertThat(late.get("trace_id").asText()).isEqualTo(segment.getTraceId().toString());
    }

    @Test
    void spanThatOutlivesTheSdksSegment_arrivesAloneAndItsThreadIsClean() throws Exception {
        Segment segment = AWSXRay.beginSegment("sdk");
        Span child = Tracing.span("child").detach();
        AWSXRay.endSegment();
        elsewhere(() -> {
            child.close();
            assertThat(AWSXRay.getTraceEntity()).isNull();
            return true;
        });

        List<ObjectNode> documents = documents(2);
        assertThat(documents).hasSize(2);
        assertThat(LocalDaemon.named(documents, "sdk").path("subsegments")).isEmpty();
        assertThat(LocalDaemon.named(documents, "child").get("parent_id").asText())
                .isEqualTo(segment.getId());
    }

    @Test
    void spanThatIsNeverEnded_doesNotHoldTheSdksSegmentBackAndArrivesMarked() {
        AWSXRay.beginSegment("sdk");
        Tracing.run("before", before -> {});
        Span forgotten = Tracing.span("forgotten");
        Tracing.run("below", below -> Tracing.span("forgotten too").detach());
        AWSXRay.createSubsegment("theirs", () -> {});
        AWSXRay.endSegment();

        List<ObjectNode> documents = documents(5);
        assertThat(documents).hasSize(5);
        ObjectNode sdk = LocalDaemon.named(documents, "sdk");
        assertThat(sdk.at("/subsegments")).hasSize(1);
        assertThat(sdk.at("/subsegments/0/name").asText()).isEqualTo("before");
        ObjectNode left = LocalDaemon.named(documents, "forgotten");
        assertThat(left.get("parent_id")).isEqualTo(sdk.get("id"));
        assertThat(left.get("end_time").asDouble())
                .as("the segment's end, which the SDK knows to the millisecond")
                .isCloseTo(sdk.get("end_time").asDouble(), within(0.002));
        assertThat(left.at("/metadata/spanloom/unfinished").asBoolean()).isTrue();
        assertThat(LocalDaemon.named(documents, "below").get("parent_id").asText())
                .isEqualTo(forgotten.spanId());
        assertThat(LocalDaemon.named(documents, "theirs").get("parent_id").asText())
                .isEqualTo(forgotten.spanId());
        assertThat(LocalDaemon.named(documents, "forgotten too")
                        .at("/metadata/spanloom/unfinished")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void spanThatEndsSoonAfterTheSdksSegment_isSentOnceAndWhole() {
        AWSXRay.beginSegment("sdk");
        Span late = Tracing.span("late").detach();
        AWSXRay.endSegment();
        late.annotation("k", "v").close();

        List<ObjectNode> documents = documents(2);
        assertThat(documents).hasSize(2);
        ObjectNode document = LocalDaemon.named(documents, "late");
        assertThat(document.at("/annotations/k").asText()).isEqualTo("v");
        assertThat(document.at("/metadata/spanloom").isMissingNode()).isTrue();
    }

    @Test
    void openSpanInASegmentThatTheSdkSplits_isMarkedAndReplacedWhenItEnds() {
        Segment sdk = AWSXRay.beginSegment("sdk");
        sdk.putMetadata("fill", "x".repeat(30_000));
        AWSXRay.createSubsegment("theirs", theirs -> {
            theirs.putMetadata("fill", "x".repeat(40_000));
        });
        Span late = Tracing.span("late").detach();
        AWSXRay.endSegment();
        daemon.await(3);
        late.close();

        List<ObjectNode> sent = documents(4).stream()
                .filter(document -> document.get("name").asText().equals("late"))
                .toList();
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0).at("/metadata/spanloom/unfinished").asBoolean()).isTrue();
        assertThat(sent.get(0).get("end_time").asDouble()).isPositive();
        assertThat(sent.get(1).at("/metadata/spanloom").isMissingNode()).isTrue();
    }

    @Test
    void expectedOnTheSdksEntity_isNoFault() {
        AWSXRay.beginSegment("sdk");
        Tracing.current().expected(new IOException("declined"));
        AWSXRay.endSegment();

        ObjectNode sdk = documents(1).get(0);
        assertThat(sdk.at("/cause/exceptions/0/message").asText()).isEqualTo("declined");
        assertThat(sdk.path("fault").asBoolean()).isFalse();
    }
}
