package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.entities.Subsegment;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Span;
import io.spanloom.Tracing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Traces that are larger than anybody means them to be: all of them arrives, in datagrams that fit. */
class LargeTraceTest extends InMemory {

    @Test
    void tenThousandSubsegmentsAtOnce_allArrive() {
        try (Span root = Tracing.span("root")) {
            for (int i = 0; i < 10_000; i++) {
                Tracing.span("child").close();
            }
        }

        assertThat(allOnce()).hasSize(10_001);
    }

    @Test
    void fiveThousandLevels_allArrive() {
        List<Span> open = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            open.add(Tracing.span("level"));
        }
        Collections.reverse(open);
        open.forEach(Span::close);

        assertThat(allOnce()).hasSize(5_000);
    }

    @Test
    void fiveThousandLevelsOfTheSdk_allArriveWithOursBelow() {
        try (Span root = Tracing.span("root")) {
            List<Subsegment> open = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                open.add(AWSXRay.beginSubsegment("level"));
                if (i % 1_000 == 999) {
                    Tracing.span("ours").close();
                }
            }
            open.forEach(each -> AWSXRay.endSubsegment());
        }

        assertThat(allOnce()).hasSize(1 + 5_000 + 5);
    }

    @Test
    void aMegabyteOfMetadataInASegment_allSpansArrive() {
        try (Span root = Tracing.span("root")) {
            for (int i = 0; i < 100; i++) {
                root.metadata("of the root " + i, Collections.nCopies(5, "x".repeat(2_000)));
                Tracing.run("child", child -> child.metadata("fill", Collections.nCopies(5, "y".repeat(2_000))));
            }
        }

        List<ObjectNode> all = allOnce();
        assertThat(all).hasSize(101);
        assertThat(all.stream()
                        .filter(document ->
                                document.at("/metadata/default/fill").isArray()))
                .hasSize(100);
        assertThat(named("root").at("/metadata/spanloom/shed").asText()).isEqualTo("metadata");
        assertThat(sink.documents())
                .as("datagrams: six of the children go with the root")
                .hasSize(95);
    }

    @Test
    void childrenThatDoNotFit_leaveRoomForThoseThatDo() {
        try (Span root = Tracing.span("root")) {
            for (int i = 0; i < 3; i++) {
                Tracing.run("heavy", heavy -> {
                    for (int k = 0; k < 3; k++) {
                        heavy.metadata("fill " + k, Collections.nCopies(7, "x".repeat(2_000)));
                    }
                });
                for (int k = 0; k < 50; k++) {
                    Tracing.span("light").close();
                }
            }
        }

        assertThat(allOnce()).hasSize(1 + 3 + 150);
        assertThat(sink.documents())
                .as("datagrams: one of the heavy, and all of the light, go with the root")
                .hasSize(3);
    }

    @Test
    void moreThanTheQueueMayHold_stillLeavesByAndBy() {
        try (Span root = Tracing.span("root")) {
            for (int i = 0; i < 2_000; i++) { // 20 MB, where 8 may wait
                Tracing.run("child", child -> child.metadata("fill", Collections.nCopies(5, "y".repeat(2_000))));
                if (i % 100 == 0) {
                    assertThat(Tracing.flush(DEADLINE)).isTrue();
                }
            }
        }

        assertThat(allOnce()).hasSize(2_001);
    }

    @Test
    void aMegabyteThatTheSdkRecorded_isShedAndMarked() {
        try (Span root = Tracing.span("root")) {
            AWSXRay.createSubsegment("theirs", theirs -> {
                theirs.putMetadata("fill", "y".repeat(1_000_000));
                theirs.putAnnotation("kept", true);
                theirs.addException(new IllegalStateException("kept, too"));
                Tracing.span("ours below").close();
            });
        }

        List<ObjectNode> all = allOnce();
        assertThat(all).hasSize(3);
        ObjectNode theirs = named("theirs");
        assertThat(theirs.at("/metadata/spanloom/shed").asText()).isEqualTo("metadata, stack frames");
        assertThat(theirs.at("/annotations/kept").asBoolean()).isTrue();
        assertThat(theirs.at("/cause/exceptions/0/message").asText()).isEqualTo("kept, too");
        assertThat(named("ours below").get("parent_id")).isEqualTo(theirs.get("id"));
    }

    @Test
    void oursBelowWhatTheSdkCannotWrite_arrives() {
        Object[] cycle = new Object[1];
        cycle[0] = cycle;
        try (Span root = Tracing.span("root")) {
            AWSXRay.createSubsegment("theirs", theirs -> {
                theirs.putMetadata("cycle", cycle);
                Tracing.span("ours below").close();
            });
        }

        List<ObjectNode> all = allOnce();
        assertThat(all).hasSize(3);
        assertThat(named("ours below").get("parent_id"))
                .isEqualTo(named("theirs").get("id"));
    }
}
