package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.xray.AWSXRay;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.spi.BackendStats;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From the queue to the daemon: what is sent, what is dropped, and how that is counted. */
class DeliveryTest extends AtTheDaemon {

    private static void inForce(String address) {
        Tracing.reconfigure(io.spanloom.TracingConfig.builder()
                .alone()
                .backend("xray")
                .set("tracing.xray.daemon-address", address)
                .build());
    }

    private static void assertLaw(BackendStats stats) {
        assertThat(stats.offered()).isEqualTo(stats.delivered() + stats.droppedTotal() + stats.queued());
    }

    @Test
    void datagram_isTheHeaderLineAndOneDocument() {
        Tracing.span("root").close();

        documents(1);
        assertThat(daemon.datagrams().get(0)).startsWith("{\"format\":\"json\",\"version\":1}\n{\"trace_id\":\"1-");
        assertThat(daemon.datagrams().get(0)).endsWith("}").containsOnlyOnce("\n");
    }

    @Test
    void documentThatIsTooBig_takesWithItWhatFitsAndTheRestGoesAlone() {
        try (Span root = Tracing.span("root")) {
            for (int i = 0; i < 20; i++) {
                Tracing.run("child " + (char) ('a' + i), child -> {
                    child.metadata("fill", "x".repeat(6_000));
                    AWSXRay.createSubsegment("theirs", theirs -> {
                        theirs.putMetadata("fill", "y".repeat(2_000));
                    });
                });
            }
        }

        List<ObjectNode> documents = documents(12);
        assertThat(documents).hasSize(12);
        assertThat(documents.get(0).at("/subsegments")).hasSize(9); // of 6.6 KB each
        assertThat(daemon.datagrams()).allMatch(datagram -> datagram.length() <= DatagramBuffer.MAX_BYTES);
        assertThat(LocalDaemon.flat(documents)).hasSize(41);
        assertThat(LocalDaemon.named(documents, "child b").get("parent_id"))
                .isEqualTo(LocalDaemon.named(documents, "root").get("id"));
        assertThat(Tracing.stats().offered()).isEqualTo(12);
        assertLaw(Tracing.stats());
    }

    @Test
    void sdksSubtreeThatIsTooBig_isSentInParts() {
        try (Span root = Tracing.span("root")) {
            AWSXRay.createSubsegment("outer", () -> {
                for (int i = 0; i < 10; i++) {
                    AWSXRay.createSubsegment("inner", inner -> {
                        inner.putMetadata("fill", "y".repeat(10_000));
                    });
                }
            });
        }

        List<ObjectNode> documents = documents(6);
        assertThat(documents).hasSize(6);
        assertThat(LocalDaemon.named(documents, "outer").at("/subsegments")).hasSize(6); // of 10 KB each
        assertThat(LocalDaemon.flat(documents)).hasSize(12);
        assertLaw(Tracing.stats());
    }

    @Test
    void spanThatIsTooBigByItself_shedsItsMetadataAndSaysSo() {
        try (Span root = Tracing.span("root")) {
            for (int i = 0; i < 8; i++) {
                root.metadata("fill " + i, java.util.Collections.nCopies(7, "x".repeat(2_000)));
            }
            root.annotation("kept", true);
        }

        ObjectNode document = documents(1).get(0);
        assertThat(document.at("/metadata/spanloom/shed").asText()).isEqualTo("metadata");
        assertThat(document.at("/metadata/default").isMissingNode()).isTrue();
        assertThat(document.at("/annotations/kept").asBoolean()).isTrue();
    }

    @Test
    void spanWithTooManyExceptions_shedsItsStackFrames() {
        StackTraceElement[] frames = new StackTraceElement[50];
        java.util.Arrays.fill(
                frames, new StackTraceElement("com.acme.AClass" + "x".repeat(40), "method", "File.java", 1));
        try (Span root = Tracing.span("root")) {
            for (int i = 0; i < 20; i++) {
                Exception failure = new IllegalStateException("number " + i);
                failure.setStackTrace(frames);
                root.fail(failure);
            }
        }

        ObjectNode document = documents(1).get(0);
        assertThat(document.at("/metadata/spanloom/shed").asText()).isEqualTo("metadata, stack frames");
        assertThat(document.at("/cause/exceptions")).hasSize(20);
        assertThat(document.at("/cause/exceptions/0/truncated").asInt()).isEqualTo(50);
    }

    @Test
    void spanThatIsTooBigWhateverItSheds_isCountedAsDropped() {
        try (Span root = Tracing.span("root")) {
            for (int i = 0; i < 80; i++) {
                root.annotation("key" + i, "x".repeat(1_000));
            }
        }

        assertThat(Tracing.flush(DEADLINE)).isTrue();
        assertThat(Tracing.stats()).isEqualTo(new BackendStats(1, 0, java.util.Map.of("too large", 1L), 0));
    }

    @Test
    void subsegmentThatTheSdkCannotWrite_losesItselfButNotTheTrace() {
        Object cyclic = new Object[1];
        ((Object[]) cyclic)[0] = cyclic;
        try (Span root = Tracing.span("root")) {
            AWSXRay.createSubsegment("theirs", theirs -> {
                theirs.putMetadata("cycle", cyclic);
            });
            Tracing.span("ours").close();
        }

        documents(1);
        assertThat(named("ours").get("parent_id")).isEqualTo(named("root").get("id"));
        assertThat(named("theirs").at("/metadata/spanloom/shed").asText()).isEqualTo("metadata, stack frames");
    }

    @Test
    void nobodyAtTheAddress_isCountedAndTheApplicationGoesOn() throws Exception {
        daemon.stop();
        inForce("127.0.0.1:" + daemon.address().port());
        for (int i = 0; i < 5; i++) {
            Tracing.run("root", root -> Tracing.run("child", child -> {}));
        }

        assertThat(Tracing.flush(DEADLINE)).isTrue();
        BackendStats stats = Tracing.stats();
        assertLaw(stats);
        assertThat(stats.dropped()).containsKey("port unreachable");
        assertThat(stats.delivered()).isZero();
    }

    @Test
    void hostThatDoesNotResolve_isCounted() {
        inForce("nowhere.invalid:2000");
        Tracing.run("root", root -> {});

        assertThat(Tracing.flush(DEADLINE)).isTrue();
        assertThat(Tracing.stats().dropped()).containsEntry("cannot send", 1L);
        assertLaw(Tracing.stats());
    }

    @Test
    void moreThanTheQueueHolds_isCountedToTheLast() {
        try (XRayBackend backend = new XRayBackend("cruddur", root -> true, daemon.address())) {
            SegmentSpan heavy = (SegmentSpan) backend.start(io.spanloom.SpanSpec.named("heavy"), null);
            heavy.detach();
            heavy.recordMetadata("n", "k", "\"" + "x".repeat(60_000) + "\"");
            for (int i = 0; i < 20_000; i++) {
                backend.exporter.offer(Document.of(heavy, 60_000));
            }
            assertLaw(backend.stats());
            assertThat(backend.flush(DEADLINE)).isTrue();

            BackendStats stats = backend.stats();
            assertLaw(stats);
            assertThat(stats.offered()).isEqualTo(20_000);
            assertThat(stats.queued()).isZero();
            assertThat(stats.dropped()).containsOnlyKeys("queue full");
        }
    }

    @Test
    void spanThatEndsAfterClose_isCountedAsDropped() {
        XRayBackend backend = new XRayBackend("cruddur", root -> true, daemon.address());
        Span span = backend.start(io.spanloom.SpanSpec.named("root"), null);
        backend.close();
        span.close();

        assertThat(backend.stats()).isEqualTo(new BackendStats(1, 0, java.util.Map.of("shutting down", 1L), 0));
        assertThat(backend.flush(Duration.ofSeconds(1))).isTrue();
    }

    @Test
    void close_deliversWhatIsQueuedAndEndsTheThread() {
        XRayBackend backend = new XRayBackend("cruddur", root -> true, daemon.address());
        for (int i = 0; i < 100; i++) {
            backend.start(io.spanloom.SpanSpec.named("root"), null).close();
        }
        backend.close();

        assertThat(backend.stats()).isEqualTo(new BackendStats(100, 100, java.util.Map.of(), 0));
        Tracing.shutdown();
        await().atMost(DEADLINE)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("spanloom-xray")));
    }

    @Test
    void itsThread_isADaemonAndTheOnlyOne() {
        Tracing.run("root", root -> {});

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("spanloom"))
                .allMatch(Thread::isDaemon)
                .extracting(Thread::getName)
                .contains("spanloom-xray");
    }
}
