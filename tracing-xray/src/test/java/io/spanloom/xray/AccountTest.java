package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.Reporter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of each document, large or small, sent or not: one entry in the account, and the rest goes on. */
class AccountTest extends InMemory {

    /** Sent by the test's own thread: what it has ended is settled. */
    private static final Exporter.Limits AT_ONCE = new Exporter.Limits(2_048, 8 * 1024 * 1024, true);

    @BeforeEach
    void atOnce() {
        start(AT_ONCE, true);
    }

    private static BackendStats delivered(int count) {
        return new BackendStats(count, count, Map.of(), 0);
    }

    private static BackendStats lost(int delivered, DropReason reason, int lost) {
        return new BackendStats(delivered + lost, delivered, Map.of(reason.words, (long) lost), 0);
    }

    private List<String> names() {
        return sink.documents().stream()
                .map(document -> document.get("name").asText())
                .toList();
    }

    private static List<String> childrenOf(ObjectNode document) {
        return document.findValue("subsegments") == null
                ? List.of()
                : IntStream.range(0, document.get("subsegments").size())
                        .mapToObj(
                                i -> document.at("/subsegments/" + i + "/name").asText())
                        .toList();
    }

    private static long said(String code) {
        return Reporter.messages().stream()
                .filter(message -> message.code().equals(code))
                .mapToLong(Reporter.Message::times)
                .sum();
    }

    /** 14 KB of metadata. */
    private static void fill(Span span) {
        span.metadata("fill", Collections.nCopies(7, "x".repeat(2_000)));
    }

    /** 112 KB of it. */
    private static void fillFarTooMuch(Span span) {
        for (int i = 0; i < 8; i++) {
            span.metadata("fill" + i, Collections.nCopies(7, "x".repeat(2_000)));
        }
    }

    private static List<ObjectNode> named(List<ObjectNode> documents, String name) {
        return LocalDaemon.flat(documents).stream()
                .filter(each -> each.get("name").asText().equals(name))
                .toList();
    }

    private static void tooLarge(Span span) {
        for (int i = 0; i < 80; i++) {
            span.annotation("key" + i, "x".repeat(1_000));
        }
    }

    @Test
    void traceThatFits_isOneDocumentWithItsSpansInTheirOrder() {
        Tracing.run("root", root -> {
            Tracing.span("a").close();
            AWSXRay.createSubsegment("b", () -> {});
            Tracing.span("c").close();
        });

        assertThat(childrenOf(sink.documents().get(0))).containsExactly("a", "b", "c");
        assertThat(Tracing.stats()).isEqualTo(delivered(1));
    }

    @Test
    void traceThatDoesNotFit_goesInPartsInItsOrderWithNothingShed() {
        long shed = said("TRC-106");
        Tracing.run("root", root -> {
            for (char name = 'a'; name <= 'j'; name++) {
                Tracing.run("" + name, AccountTest::fill);
            }
        });

        assertThat(names()).containsExactly("root", "e", "f", "g", "h", "i", "j");
        assertThat(childrenOf(sink.documents().get(0))).containsExactly("a", "b", "c", "d");
        assertThat(sink.flat())
                .extracting(span -> span.at("/metadata/default/fill").size())
                .containsOnly(0, 7);
        assertThat(sink.documents().get(1).get("parent_id"))
                .isEqualTo(sink.documents().get(0).get("id"));
        assertThat(Tracing.stats()).isEqualTo(delivered(7));
        assertThat(said("TRC-106"))
                .as("nothing was left out, so nothing is said")
                .isEqualTo(shed);
    }

    @Test
    void segmentThatFitsWithoutItsMetadata_isSentWithoutAndThatIsSaid() {
        long shed = said("TRC-106");
        Tracing.run("root", root -> {
            fillFarTooMuch(root);
            Tracing.span("child").close();
        });

        assertThat(childrenOf(sink.documents().get(0))).containsExactly("child");
        assertThat(sink.documents().get(0).at("/metadata/spanloom/shed").asText())
                .isEqualTo("metadata");
        assertThat(Tracing.stats()).isEqualTo(delivered(1));
        assertThat(said("TRC-106")).isEqualTo(shed + 1);
    }

    @Test
    void subsegmentThatFitsWithoutItsMetadata_isSaidWhereItGoesWithItsSegmentAndWhereItGoesAlone() {
        long shed = said("TRC-106");
        Tracing.run("root", root -> Tracing.run("heavy", AccountTest::fillFarTooMuch));
        assertThat(sink.documents()).hasSize(1);
        assertThat(said("TRC-106")).isEqualTo(shed + 1);

        Tracing.run("root", root -> {
            for (int i = 0; i < 6; i++) {
                Tracing.run("child " + i, AccountTest::fill);
            }
            Tracing.run("heavy", AccountTest::fillFarTooMuch);
        });
        assertThat(named(sink.documents(), "heavy"))
                .hasSize(2)
                .allMatch(each -> each.at("/metadata/spanloom/shed").asText().equals("metadata"));
        assertThat(said("TRC-106")).isEqualTo(shed + 2);
    }

    @Test
    void whatIsLostAnyway_isNotSaidToBeSentWithoutItsMetadata() {
        long shed = said("TRC-106");
        sink.answers(() -> DropReason.PORT_UNREACHABLE);
        Tracing.run("root", AccountTest::fillFarTooMuch);

        assertThat(Tracing.stats()).isEqualTo(lost(0, DropReason.PORT_UNREACHABLE, 1));
        assertThat(said("TRC-106")).isEqualTo(shed);
    }

    @Test
    void spanThatIsTooLarge_isLostAndItsChildrenAreNot() {
        long shed = said("TRC-106");
        long tooLarge = said("TRC-101");
        Tracing.run("root", root -> {
            tooLarge(root);
            Tracing.span("ours").close();
            AWSXRay.createSubsegment("theirs", () -> {});
        });

        assertThat(names()).containsExactly("ours", "theirs");
        assertThat(Tracing.stats()).isEqualTo(lost(2, DropReason.TOO_LARGE, 1));
        assertThat(said("TRC-101")).isEqualTo(tooLarge + 1);
        assertThat(said("TRC-106"))
                .as("it was not sent, with whatever it would have lacked")
                .isEqualTo(shed);
    }

    @Test
    void childThatIsTooLarge_isLostAndItsSiblingsAreNot() {
        Tracing.run("root", root -> {
            Tracing.span("before").close();
            Tracing.run("far too large", AccountTest::tooLarge);
            Tracing.span("after").close();
        });

        assertThat(names()).containsExactly("root");
        assertThat(childrenOf(sink.documents().get(0))).containsExactly("before", "after");
        assertThat(Tracing.stats()).isEqualTo(lost(1, DropReason.TOO_LARGE, 1));
    }

    @Test
    void sdksSegmentThatDoesNotFit_goesInPartsAndKeepsItsMetadata() {
        long shed = said("TRC-106");
        Segment sdk = AWSXRay.beginSegment("sdk");
        sdk.putMetadata("own", "kept");
        for (char name = 'a'; name <= 'e'; name++) {
            AWSXRay.createSubsegment("" + name, each -> {
                each.putMetadata("fill", "y".repeat(20_000));
            });
            Tracing.run("ours " + name, AccountTest::fill);
        }
        AWSXRay.endSegment();

        ObjectNode document = sink.documents().get(0);
        assertThat(document.at("/metadata/default/own").asText()).isEqualTo("kept");
        assertThat(childrenOf(document)).containsExactly("a", "ours a", "b");
        assertThat(names()).containsExactly("sdk", "ours b", "c", "ours c", "d", "ours d", "e", "ours e");
        assertThat(Tracing.stats()).isEqualTo(delivered(8));
        assertThat(said("TRC-106")).isEqualTo(shed);
    }

    @Test
    void sdksSegmentThatIsTooLarge_isLostAndItsChildrenAreNot() {
        Segment sdk = AWSXRay.beginSegment("sdk");
        for (int i = 0; i < 80; i++) {
            sdk.putAnnotation("key" + i, "x".repeat(1_000));
        }
        AWSXRay.createSubsegment("theirs", () -> {});
        Tracing.span("ours").close();
        AWSXRay.endSegment();

        assertThat(names()).containsExactly("theirs", "ours");
        assertThat(Tracing.stats()).isEqualTo(lost(2, DropReason.TOO_LARGE, 1));
    }

    @Test
    void sdksSegmentThatFitsWithoutItsMetadata_isSentWithoutAndThatIsSaid() {
        long shed = said("TRC-106");
        AWSXRay.beginSegment("sdk").putMetadata("fill", "y".repeat(100_000));
        AWSXRay.createSubsegment("theirs", () -> {});
        AWSXRay.endSegment();

        assertThat(childrenOf(sink.documents().get(0))).containsExactly("theirs");
        assertThat(Tracing.stats()).isEqualTo(delivered(1));
        assertThat(said("TRC-106")).isEqualTo(shed + 1);
    }

    @Test
    void sdksSubsegmentsThatNestTooDeep_areDocumentsOfTheirOwn() {
        AWSXRay.beginSegment("sdk");
        for (int i = 1; i <= 250; i++) {
            AWSXRay.beginSubsegment("level " + i);
        }
        for (int i = 1; i <= 250; i++) {
            AWSXRay.endSubsegment();
        }
        AWSXRay.endSegment();

        assertThat(sink.flat()).hasSize(251);
        assertThat(Tracing.stats().offered()).isEqualTo(sink.documents().size());
        assertThat(Tracing.stats()).isEqualTo(delivered(sink.documents().size()));
    }

    @Test
    void daemonThatCannotBeReached_isCountedBySpanAndSaidWithItsReason() {
        sink.answers(() -> DropReason.CANNOT_SEND);
        sink.problemIs(new java.io.IOException("no route to this test's host"));
        long before = said("TRC-103");
        Tracing.span("root").close();
        sink.answers(() -> DropReason.PORT_UNREACHABLE);
        Tracing.span("root").close();
        Tracing.span("root").close();
        sink.answers(() -> null);
        Tracing.span("again").close();

        assertThat(Tracing.stats())
                .isEqualTo(new BackendStats(4, 1, Map.of("cannot send", 1L, "port unreachable", 2L), 0));
        assertThat(names()).containsExactly("again");
        assertThat(said("TRC-103")).isEqualTo(before + 1);
    }

    @Test
    void sendingThatThrows_losesOneDocumentAndSaysSo() {
        long before = said("TRC-105");
        sink.answers(() -> {
            throw new IllegalStateException("broken");
        });
        Tracing.span("root").close();
        sink.answers(() -> null);
        Tracing.span("again").close();

        assertThat(names()).containsExactly("again");
        assertThat(Tracing.stats()).isEqualTo(lost(1, DropReason.NOT_WRITTEN, 1));
        assertThat(said("TRC-105")).isEqualTo(before + 1);
    }

    @Test
    void spanThatEndedAfterItWasOfferedAsUnfinished_isSentOnceByItsOwnEnd() {
        XRayBackend backend = new XRayBackend("cruddur", root -> true, sink, AT_ONCE, false);
        DocumentQueue queue = new DocumentQueue(AT_ONCE);
        Delivery delivery = new Delivery(sink, queue, new DropReports(AT_ONCE, sink), () -> {});
        Span root = backend.start(io.spanloom.SpanSpec.named("root"), null);
        SubsegmentSpan late = (SubsegmentSpan)
                backend.start(io.spanloom.SpanSpec.named("late"), null).detach();
        root.close();
        queue.offer(Document.unfinished(late, 1));
        int before = sink.documents().size();
        late.close();

        assertThat(delivery.deliverWaiting()).isTrue();
        assertThat(sink.documents()).as("its own alone").hasSize(before + 1);
        assertThat(queue.stats()).as("as if it had not been offered").isEqualTo(BackendStats.NONE);
        assertThat(queue.room()).isEqualTo(512);
    }

    @Test
    void everyDatagram_isFollowedByItsPause() {
        XRayBackend backend = new XRayBackend("cruddur", root -> true, sink, AT_ONCE, false);
        DocumentQueue queue = new DocumentQueue(AT_ONCE);
        int[] pauses = {0};
        Delivery delivery = new Delivery(sink, queue, new DropReports(AT_ONCE, sink), () -> pauses[0]++);
        assertThat(delivery.deliverWaiting()).isFalse();
        for (int i = 0; i < 3; i++) {
            SegmentSpan root = (SegmentSpan)
                    backend.start(io.spanloom.SpanSpec.named("root"), null).detach();
            queue.offer(Document.of(root, 100));
        }

        assertThat(delivery.deliverWaiting()).isTrue();
        assertThat(pauses[0]).isEqualTo(3);
        assertThat(queue.room()).as("all of it is free again").isEqualTo(512);
        assertThat(delivery.deliverWaiting()).isFalse();
    }

    @Test
    void spanThatEndsLate_isBelowTheSameParentInBothOfItsDocumentsAndHoldsItNoLonger() {
        Span root = Tracing.span("root");
        Span outer = Tracing.span("outer");
        SubsegmentSpan late = (SubsegmentSpan) Tracing.span("late");
        late.detach();
        outer.close();
        root.close();
        late.close();

        assertThat(named(sink.documents(), "late"))
                .hasSize(2)
                .allMatch(each -> each.get("parent_id").asText().equals(outer.spanId()));
        assertThat(late.previous).as("not a span of its trace, which is sent").isInstanceOf(SegmentEntity.class);
    }

    @Test
    void sdksSubsegmentBegunBelowOneThatWasSent_arrives() {
        Span root = Tracing.span("root");
        Subsegment late = AWSXRay.beginSubsegment("late");
        root.close();
        assertThat(sink.flat()).hasSize(2);

        AWSXRay.setTraceEntity(late);
        AWSXRay.createSubsegment("later", () -> {});
        AWSXRay.clearTraceEntity();
        AWSXRay.getGlobalRecorder().endSubsegment(late);

        assertThat(named("later").get("parent_id").asText()).isEqualTo(late.getId());
        assertThat(Tracing.stats()).isEqualTo(delivered(sink.documents().size()));
    }

    @Test
    void afterTheShutdown_whatEndsIsCounted() {
        long before = said("TRC-104");
        XRayBackend backend = new XRayBackend("cruddur", root -> true, sink, AT_ONCE, false);
        backend.start(io.spanloom.SpanSpec.named("in time"), null).close();
        Span late = backend.start(io.spanloom.SpanSpec.named("too late"), null);
        backend.close();
        late.close();

        assertThat(names()).containsExactly("in time");
        assertThat(backend.stats()).isEqualTo(lost(1, DropReason.SHUTTING_DOWN, 1));
        assertThat(said("TRC-104")).isEqualTo(before + 1);
    }

    @Test
    void documentHeavierThanTheQueue_isCountedAsThat() {
        long before = said("TRC-100");
        XRayBackend backend =
                new XRayBackend("cruddur", root -> true, sink, new Exporter.Limits(16, 1_000, true), false);
        SegmentSpan heavy = (SegmentSpan)
                backend.start(io.spanloom.SpanSpec.named("heavy"), null).detach();
        backend.exporter.offer(Document.of(heavy, 1_001));
        backend.exporter.offer(Document.of(heavy, 1_000));

        assertThat(backend.stats()).isEqualTo(lost(1, DropReason.QUEUE_FULL, 1));
        assertThat(said("TRC-100")).isEqualTo(before + 1);
    }
}
