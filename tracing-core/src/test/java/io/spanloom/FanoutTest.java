package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spanloom.spi.Backend;
import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.MemorySpan;
import io.spanloom.spi.SpanSeed;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two backends, the second of which draws its children's ids by itself. */
class FanoutTest {

    private final List<MemorySpan> first = new ArrayList<>();
    private final List<MemorySpan> second = new ArrayList<>();
    private final List<String> drawn = new ArrayList<>();
    private boolean failing;

    private final MemoryBackend leader = new MemoryBackend("first", root -> true, first::add);
    private final Drawing drawing = new Drawing(new MemoryBackend("second", root -> true, second::add));
    private final FanoutBackend fanout = new FanoutBackend(List.of(leader, drawing));

    /** As the OpenTelemetry backend with an SDK of its own. */
    private class Drawing implements Backend {

        private final MemoryBackend memory;

        Drawing(MemoryBackend memory) {
            this.memory = memory;
        }

        @Override
        public String name() {
            return memory.name();
        }

        @Override
        public @Nullable Span startChild(SpanSpec spec) {
            if (failing) {
                throw new IllegalStateException("no ids left");
            }
            if (!memory.current().isRecording()) {
                return null;
            }
            Span child = memory.start(spec, null);
            drawn.add(child.spanId());
            return child;
        }

        @Override
        public Span start(SpanSpec spec, @Nullable SpanSeed seed) {
            return memory.start(spec, seed);
        }

        @Override
        public Span current() {
            return memory.current();
        }

        @Override
        public @Nullable Object capture() {
            return memory.capture();
        }

        @Override
        public @Nullable Object enter(@Nullable Object captured) {
            return memory.enter(captured);
        }

        @Override
        public void leave(@Nullable Object entered) {
            memory.leave(entered);
        }
    }

    private Span start(String name) {
        return fanout.start(SpanSpec.named(name), null);
    }

    private static MemorySpan named(List<MemorySpan> spans, String name) {
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void assertSame(String name) {
        MemorySpan one = named(first, name);
        MemorySpan other = named(second, name);
        assertThat(other.traceId()).isEqualTo(one.traceId());
        assertThat(other.spanId()).isEqualTo(one.spanId());
        assertThat(other.parentSpanId()).isEqualTo(one.parentSpanId());
        assertThat(other.startEpochNanos()).isEqualTo(one.startEpochNanos());
        assertThat(other.endEpochNanos()).isEqualTo(one.endEpochNanos());
    }

    @Test
    void childWhoseIdOneBackendDraws_isTheSameOnBoth() {
        Span root = start("root");
        Span child = start("child");
        Span grandchild = start("grandchild");
        assertThat(grandchild.parent()).isSameAs(child);
        assertThat(child.parent()).isSameAs(root);
        assertThat(fanout.current()).isSameAs(grandchild);
        grandchild.close();
        child.close();
        root.close();

        assertSame("root");
        assertSame("child");
        assertSame("grandchild");
        assertThat(drawn)
                .containsExactly(
                        named(first, "child").spanId(),
                        named(first, "grandchild").spanId());
        assertThat(fanout.current()).isSameAs(Span.noop());
    }

    @Test
    void root_isNeverTheirsToDraw() {
        start("root").close();
        fanout.start(SpanSpec.named("asked"), SpanSeed.ROOT).close();

        assertSame("root");
        assertSame("asked");
        assertThat(drawn).isEmpty();
    }

    @Test
    void annotationsAndOutcome_areOnBoth() {
        Span root = start("root");
        start("child").annotation("a", 1).fail(new IllegalStateException("x")).close();
        root.close();

        for (List<MemorySpan> spans : List.of(first, second)) {
            MemorySpan child = named(spans, "child");
            assertThat(child.annotations()).isEqualTo(Map.of("a", 1L));
            assertThat(child.outcome()).isEqualTo(Outcome.FAULT);
            assertThat(child.exceptions()).hasSize(1);
        }
    }

    @Test
    void backendThatCannotDraw_isGivenTheId() {
        Span root = start("root");
        failing = true;
        start("child").close();
        root.close();

        assertSame("child");
        assertThat(drawn).isEmpty();
    }

    @Test
    void childBelowAnotherTrace_isInItsTraceOnBoth() {
        Span alone = drawing.memory.start(SpanSpec.named("alone"), null);
        start("child").close();
        alone.close();

        assertThat(named(first, "child").traceId()).isEqualTo(alone.traceId());
        assertThat(named(second, "child").parentSpanId()).isEqualTo(alone.spanId());
        assertThat(named(first, "child").spanId())
                .isEqualTo(named(second, "child").spanId());
    }

    @Test
    void followerThatRecordsWhatTheLeaderDoesNot_hasTimesAllTheSame() {
        Backend unsampled = new MemoryBackend("first", root -> false, first::add);
        Backend headstrong = new Drawing(new MemoryBackend("second", root -> true, second::add)) {
            @Override
            public Span start(SpanSpec spec, @Nullable SpanSeed seed) {
                return super.start(spec, null);
            }
        };
        long before = System.currentTimeMillis() * 1_000_000;
        Span root = new FanoutBackend(List.of(unsampled, headstrong)).start(SpanSpec.named("root"), null);
        long told = root.startEpochNanos();
        root.close();

        assertThat(first).isEmpty();
        MemorySpan span = named(second, "root");
        assertThat(span.startEpochNanos()).isEqualTo(told).isGreaterThanOrEqualTo(before);
        assertThat(span.endEpochNanos()).isBetween(told, before + 60_000_000_000L);
    }

    @Test
    void partThatItsBackendCloses_endsTheWholeOnce() {
        Span root = start("root");
        Span child = start("child");
        leader.current().close();
        child.close();
        root.close();

        assertThat(first).extracting(MemorySpan::name).containsExactly("child", "root");
        assertThat(second).extracting(MemorySpan::name).containsExactly("child", "root");
        assertSame("child");
    }

    /** A backend may keep what has ended for long, in a queue: its own spans, and nothing of the other backends. */
    @Test
    void endedPart_doesNotKeepTheOthers() {
        Span root = start("root");
        WeakReference<Span> whole = ended();
        second.clear();

        await().until(() -> {
            System.gc();
            return whole.get() == null;
        });
        assertThat(first).extracting(MemorySpan::name).containsExactly("child");
        root.close();
    }

    private WeakReference<Span> ended() {
        Span child = start("child");
        child.close();
        return new WeakReference<>(child);
    }
}
