package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import org.junit.jupiter.api.Test;

/** Ends: twice, out of order, forgotten, on other threads, after the root. */
abstract class ClosingCases extends ContractCases {

    ClosingCases(BackendContract contract) {
        super(contract);
    }

    @Test
    void closedTwice_endsOnce() {
        Tracing.run("root", root -> {
            Span child = Tracing.span("child");
            child.close();
            child.close();
            assertThat(Tracing.current().spanId()).isEqualTo(root.spanId());
        });

        spans(2);
    }

    @Test
    void closedTwiceAcrossASibling_doesNotEndTheSibling() {
        Tracing.run("root", root -> {
            Span first = Tracing.span("first");
            first.close();
            Tracing.run("second", second -> {
                first.close();
                assertThat(Tracing.current().spanId()).isEqualTo(second.spanId());
                assertThat(second.isRecording()).isTrue();
            });
        });

        ObservedSpans spans = spans(3);
        assertThat(spans.named("second").parentSpanId())
                .isEqualTo(spans.named("root").spanId());
    }

    @Test
    void closeOfCurrent_endsNothing() {
        Tracing.run("root", root -> {
            Tracing.run("child", child -> {});
            assertThat(Tracing.current().spanId()).isEqualTo(root.spanId());
        });
        Tracing.current().close();

        spans(2);
    }

    @Test
    void parentClosedBeforeItsChild_bothArriveAndNothingStaysCurrent() {
        Span parent = Tracing.span("parent");
        Span child = Tracing.span("child");
        parent.close();
        child.close();

        assertThat(Tracing.current()).isSameAs(Span.noop());
        ObservedSpans spans = spans(2);
        assertThat(spans.named("child").parentSpanId())
                .isEqualTo(spans.named("parent").spanId());
        assertThat(spans.named("child").traceId())
                .isEqualTo(spans.named("parent").traceId());
    }

    @Test
    void siblingsClosedInTheWrongOrder_leaveTheRootCurrent() {
        Tracing.run("root", root -> {
            Span outer = Tracing.span("outer");
            Span inner = Tracing.span("inner");
            outer.close();
            assertThat(Tracing.current().spanId()).isEqualTo(root.spanId());
            inner.close();
            assertThat(Tracing.current().spanId()).isEqualTo(root.spanId());
        });

        spans(3);
    }

    @Test
    void innerSpanThatIsNeverClosed_isLeftBehindWhenTheOuterCloses() {
        Tracing.run("root", root -> {
            Tracing.run("outer", outer -> Tracing.span("leaked"));
            assertThat(Tracing.current().spanId()).isEqualTo(root.spanId());
            Tracing.run("after", after -> {});
        });

        assertThat(Tracing.current()).isSameAs(Span.noop());
        ObservedSpans spans = atLeast(3);
        assertThat(spans.named("after").parentSpanId())
                .isEqualTo(spans.named("root").spanId());
    }

    @Test
    void closedOnAnotherThread_ends() throws Exception {
        Span root = Tracing.span("root");
        elsewhere(() -> root.close());

        spans(1).named("root");
    }

    @Test
    void closedOnAnotherThread_isNoLongerCurrentHere() throws Exception {
        Span root = Tracing.span("root");
        elsewhere(() -> root.close());

        assertThat(Tracing.current()).isSameAs(Span.noop());
    }

    @Test
    void childClosedOnAnotherThread_givesWayToItsParentHere() throws Exception {
        try (Span root = Tracing.span("root")) {
            Span child = Tracing.span("child");
            elsewhere(() -> child.close());
            assertThat(Tracing.current().spanId()).isEqualTo(root.spanId());
            Tracing.run("after", after -> {});
        }

        ObservedSpans spans = spans(3);
        assertThat(spans.named("after").parentSpanId())
                .isEqualTo(spans.named("root").spanId());
    }

    @Test
    void parentClosedOnAnotherThread_leavesTheChildCurrentUntilItEnds() throws Exception {
        Span parent = Tracing.span("parent");
        Span child = Tracing.span("child");
        elsewhere(() -> parent.close());
        assertThat(Tracing.current().spanId()).isEqualTo(child.spanId());
        child.close();

        assertThat(Tracing.current()).isSameAs(Span.noop());
        spans(2);
    }

    @Test
    void closedOnAnotherThread_leavesThatThreadsCurrentAlone() throws Exception {
        Span root = Tracing.span("root");
        elsewhere(() -> {
            try (Span other = Tracing.span("other")) {
                root.close();
                assertThat(Tracing.current().spanId()).isEqualTo(other.spanId());
            }
            assertThat(Tracing.current()).isSameAs(Span.noop());
        });

        ObservedSpans spans = spans(2);
        assertThat(spans.named("other").traceId())
                .isNotEqualTo(spans.named("root").traceId());
    }

    @Test
    void detached_isNotCurrentAndStillRecords() {
        Tracing.run("root", root -> {
            Span fetch = Tracing.span("fetch").detach();
            assertThat(Tracing.current().spanId()).isEqualTo(root.spanId());
            fetch.annotation("rows", 3);
            fetch.close();
            assertThat(Tracing.current().spanId()).isEqualTo(root.spanId());
        });

        assertThat(spans(2).named("fetch").annotations()).containsEntry("rows", 3L);
    }

    @Test
    void detachedAndClosedElsewhere_endsThere() throws Exception {
        try (Span root = Tracing.span("root")) {
            Span fetch = Tracing.span("fetch").detach();
            elsewhere(() -> fetch.annotation("rows", 3).close());
            assertThat(Tracing.current().spanId()).isEqualTo(root.spanId());
        }

        ObservedSpans spans = spans(2);
        assertThat(spans.named("fetch").annotations()).containsEntry("rows", 3L);
        assertThat(spans.named("fetch").parentSpanId())
                .isEqualTo(spans.named("root").spanId());
    }

    @Test
    void detachedTwice_isDetachedOnce() {
        Tracing.run("root", root -> {
            Span fetch = Tracing.span("fetch").detach();
            Tracing.run("other", other -> {
                fetch.detach();
                assertThat(Tracing.current().spanId()).isEqualTo(other.spanId());
            });
            fetch.close();
        });

        spans(3);
    }

    @Test
    void detachOnAnotherThread_doesNothing() throws Exception {
        try (Span root = Tracing.span("root")) {
            elsewhere(() -> root.detach());
            assertThat(Tracing.current().spanId()).isEqualTo(root.spanId());
        }

        spans(1);
    }

    @Test
    void childThatEndsAfterItsRoot_stillArrivesOnTheTrace() {
        Span root = Tracing.span("root");
        Span child = Tracing.span("child").detach();
        root.close();
        child.annotation("late", true).close();

        ObservedSpans spans = spans(2);
        assertThat(spans.named("child").traceId()).isEqualTo(spans.named("root").traceId());
        assertThat(spans.named("child").parentSpanId())
                .isEqualTo(spans.named("root").spanId());
        assertThat(spans.named("child").annotations()).containsEntry("late", true);
    }

    @Test
    void childThatEndsAfterItsRootWasDelivered_stillArrivesOnTheTrace() {
        Span root = Tracing.span("root");
        Span child = Tracing.span("child").detach();
        root.close();
        atLeast(1);
        child.close();

        ObservedSpans spans = spans(2);
        assertThat(spans.named("child").traceId()).isEqualTo(spans.named("root").traceId());
    }

    @Test
    void childThatStartsAfterItsRootEnded_stillArrivesOnTheTrace() throws Exception {
        Span root = Tracing.span("root");
        TraceContext context = Tracing.capture();
        root.close();
        elsewhere(() -> context.run(() -> Tracing.run("child", child -> {})));

        ObservedSpans spans = spans(2);
        assertThat(spans.named("child").traceId()).isEqualTo(spans.named("root").traceId());
        assertThat(spans.named("child").parentSpanId())
                .isEqualTo(spans.named("root").spanId());
    }
}
