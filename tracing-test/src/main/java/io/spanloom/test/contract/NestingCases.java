package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** Who is whose child, and what is current when. */
abstract class NestingCases extends ContractCases {

    NestingCases(BackendContract contract) {
        super(contract);
    }

    @Test
    void spanWithNothingCurrent_beginsASegment() {
        Tracing.run("root", span -> {});

        ObservedSpan root = spans(1).named("root");
        assertThat(root.parentSpanId()).isNull();
        assertThat(root.segment()).isTrue();
    }

    @Test
    void spanUnderCurrent_isItsChild() {
        Tracing.run("root", root -> Tracing.run("child", child -> {}));

        ObservedSpans spans = spans(2);
        ObservedSpan child = spans.named("child");
        assertThat(child.parentSpanId()).isEqualTo(spans.named("root").spanId());
        assertThat(child.traceId()).isEqualTo(spans.named("root").traceId());
        assertThat(child.segment()).isFalse();
    }

    @Test
    void subsegmentUnderCurrent_isItsChild() {
        Tracing.run("root", root -> {
            try (Span child = Tracing.subsegment("child")) {
                assertThat(Tracing.current().spanId()).isEqualTo(child.spanId());
            }
        });

        ObservedSpans spans = spans(2);
        assertThat(spans.named("child").parentSpanId())
                .isEqualTo(spans.named("root").spanId());
    }

    @Test
    void subsegmentWithNothingCurrent_isNoSpan() {
        try (Span span = Tracing.subsegment("orphan")) {
            assertThat(span).isSameAs(Span.noop());
            assertThat(Tracing.current()).isSameAs(Span.noop());
        }

        assertThat(spans(0).all()).isEmpty();
    }

    @Test
    void siblings_shareTheirParent() {
        Tracing.run("root", root -> {
            Tracing.run("first", first -> {});
            Tracing.run("second", second -> {});
        });

        ObservedSpans spans = spans(3);
        String root = spans.named("root").spanId();
        assertThat(spans.named("first").parentSpanId()).isEqualTo(root);
        assertThat(spans.named("second").parentSpanId()).isEqualTo(root);
    }

    @Test
    void twoRootsInARow_areTwoTraces() {
        Tracing.run("one", span -> {});
        Tracing.run("two", span -> {});

        ObservedSpans spans = spans(2);
        assertThat(spans.named("one").traceId()).isNotEqualTo(spans.named("two").traceId());
    }

    @Test
    void current_isTheInnermostOpenSpan() {
        Tracing.run("root", root -> {
            assertThat(Tracing.current().spanId()).isEqualTo(root.spanId());
            Tracing.run("child", child -> assertThat(Tracing.current().spanId()).isEqualTo(child.spanId()));
            assertThat(Tracing.current().spanId()).isEqualTo(root.spanId());
        });
        assertThat(Tracing.current()).isSameAs(Span.noop());
    }

    @Test
    void recordingOnCurrent_goesToTheInnermostSpan() {
        Tracing.run(
                "root", root -> Tracing.run("child", child -> Tracing.current().annotation("here", true)));

        ObservedSpans spans = spans(2);
        assertThat(spans.named("child").annotations()).containsEntry("here", true);
        assertThat(spans.named("root").annotations()).doesNotContainKey("here");
    }

    @Test
    void segmentUnderCurrent_isASegmentOfTheSameTraceBelowIt() {
        Tracing.run("outer", outer -> Tracing.segment("inner").close());

        ObservedSpans spans = spans(2);
        ObservedSpan inner = spans.named("inner");
        assertThat(inner.segment()).isTrue();
        assertThat(inner.traceId()).isEqualTo(spans.named("outer").traceId());
        assertThat(inner.parentSpanId()).isEqualTo(spans.named("outer").spanId());
    }

    @Test
    void segmentUnderCurrent_givesWayToTheOuterAtItsEnd() {
        Tracing.run("outer", outer -> {
            try (Span inner = Tracing.segment("inner")) {
                assertThat(Tracing.current().spanId()).isEqualTo(inner.spanId());
            }
            assertThat(Tracing.current().spanId()).isEqualTo(outer.spanId());
            Tracing.run("after", after -> {});
        });

        ObservedSpans spans = spans(3);
        assertThat(spans.named("after").parentSpanId())
                .isEqualTo(spans.named("outer").spanId());
    }

    @Test
    void childOfAnInnerSegment_nestsThere() {
        Tracing.run("outer", outer -> {
            try (Span inner = Tracing.segment("inner")) {
                Tracing.run("child", child -> {});
            }
        });

        ObservedSpans spans = spans(3);
        assertThat(spans.named("child").parentSpanId())
                .isEqualTo(spans.named("inner").spanId());
        assertThat(spans.named("child").segment()).isFalse();
    }

    @Test
    void callToAnotherService_isInTheNamespaceRemote() {
        Tracing.run("root", root -> Tracing.run(SpanSpec.named("call").kind(SpanKind.CLIENT), call -> {}));

        assertThat(spans(2).named("call").namespace()).isEqualTo("remote");
    }

    @Test
    void namespaceOfTheSpec_isKept() {
        SpanSpec spec = SpanSpec.named("DynamoDB").kind(SpanKind.CLIENT).namespace("aws");
        Tracing.run("root", root -> Tracing.run(spec, call -> {}));

        assertThat(spans(2).named("DynamoDB").namespace()).isEqualTo("aws");
    }

    @Test
    void workInsideTheService_isInNoNamespace() {
        Tracing.run("root", root -> Tracing.run("work", work -> {}));

        assertThat(spans(2).named("work").namespace()).isNull();
    }

    @Test
    void times_lieWithinThoseOfTheParentAndOfTheClock() {
        long before = System.currentTimeMillis() - 1_000;
        Tracing.run("root", root -> Tracing.run("child", child -> {}));
        long after = System.currentTimeMillis() + 1_000;

        ObservedSpans spans = spans(2);
        ObservedSpan root = spans.named("root");
        ObservedSpan child = spans.named("child");
        assertThat(root.startEpochMicros()).isBetween(before * 1_000, after * 1_000);
        assertThat(child.startEpochMicros()).isBetween(root.startEpochMicros(), child.endEpochMicros());
        assertThat(child.endEpochMicros()).isBetween(child.startEpochMicros(), root.endEpochMicros());
        assertThat(root.endEpochMicros()).isBetween(before * 1_000, after * 1_000);
    }

    @Test
    void aThousandLevels_allArriveBelowOneAnother() {
        int levels = 1_000;
        Deque<Span> open = new ArrayDeque<>();
        for (int i = 0; i < levels; i++) {
            open.push(Tracing.span("level " + i));
        }
        while (!open.isEmpty()) {
            open.pop().close();
        }

        ObservedSpans spans = spans(levels);
        assertThat(spans.all())
                .extracting(ObservedSpan::traceId)
                .containsOnly(spans.named("level 0").traceId());
        assertThat(spans.named("level 999").parentSpanId())
                .isEqualTo(spans.named("level 998").spanId());
        assertThat(spans.named("level 500").parentSpanId())
                .isEqualTo(spans.named("level 499").spanId());
    }
}
