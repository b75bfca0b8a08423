package io.spanloom.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.MemorySpan;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** As an application meets it: found by the registry, used by snapshots and by Reactor. */
class TraceContextAccessorTest {

    private final Queue<MemorySpan> ended = new ConcurrentLinkedQueue<>();
    private final ExecutorService pool = Executors.newSingleThreadExecutor();
    private Scope override = () -> {};

    private final class Provider implements BackendProvider {
        @Override
        public String name() {
            return "memory";
        }

        @Override
        public Backend create(TracingConfig config) {
            return new MemoryBackend("memory", config.sampler(), ended::add);
        }
    }

    @BeforeEach
    void configure() {
        override = Tracing.override(TracingConfig.builder()
                .alone()
                .provider(new Provider())
                .backend("memory")
                .build());
    }

    @AfterEach
    void close() {
        pool.shutdownNow();
        override.close();
    }

    private <T> T elsewhere(Callable<T> task) throws Exception {
        return pool.submit(task).get(10, TimeUnit.SECONDS);
    }

    private static String current() {
        return Tracing.current().spanId();
    }

    private static ContextSnapshot snapshot() {
        return ContextSnapshotFactory.builder().build().captureAll();
    }

    @Test
    void registry_findsTheAccessor() {
        assertThat(ContextRegistry.getInstance().getThreadLocalAccessors())
                .hasAtLeastOneElementOfType(TraceContextAccessor.class);
    }

    @Test
    void snapshot_makesTheSpanCurrentElsewhereAndLeavesNothing() throws Exception {
        try (Span root = Tracing.span("root")) {
            ContextSnapshot snapshot = snapshot();

            String seen = elsewhere(() -> {
                try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
                    Tracing.span("never closed");
                    return Tracing.current().traceId();
                }
            });

            assertThat(seen).isEqualTo(root.traceId());
            assertThat(elsewhere(Tracing::current)).isSameAs(Span.noop());
        }
    }

    @Test
    void snapshot_restoresWhatWasCurrentThere() throws Exception {
        try (Span root = Tracing.span("root")) {
            ContextSnapshot snapshot = snapshot();

            boolean restored = elsewhere(() -> Tracing.call("other", other -> {
                try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
                    assertThat(current()).isEqualTo(root.spanId());
                }
                return current().equals(other.spanId());
            }));

            assertThat(restored).isTrue();
        }
    }

    @Test
    void snapshotOfNothingThatClears_makesNothingCurrent() {
        ContextSnapshot nothing =
                ContextSnapshotFactory.builder().clearMissing(true).build().captureAll();
        Tracing.run("outer", outer -> {
            try (ContextSnapshot.Scope scope = nothing.setThreadLocals()) {
                assertThat(Tracing.current()).isSameAs(Span.noop());
            }
            assertThat(current()).isEqualTo(outer.spanId());
        });
    }

    @Test
    void nothingCurrent_isNoValue() {
        assertThat(new TraceContextAccessor().getValue()).isNull();
    }

    @Test
    void tracingOff_isNoValueAndDoesNoHarm() {
        try (Scope off =
                Tracing.override(TracingConfig.builder().alone().backend("none").build())) {
            TraceContextAccessor accessor = new TraceContextAccessor();
            assertThat(accessor.getValue()).isNull();
            accessor.setValue();
            accessor.restore();
            accessor.setValue(Tracing.capture());
            accessor.restore(Tracing.capture());
        }
    }

    @Test
    void reactor_carriesTheTraceAcrossItsThreads() throws Exception {
        Hooks.enableAutomaticContextPropagation();
        Scheduler one = Schedulers.newSingle("one", true);
        Scheduler two = Schedulers.newSingle("two", true);
        try (Span root = Tracing.span("root")) {
            List<String> seen = Flux.range(0, 3)
                    .publishOn(one)
                    .map(i -> current())
                    .concatMap(id -> Mono.fromCallable(() -> id.equals(current()) ? id : "lost")
                            .subscribeOn(two))
                    .contextCapture()
                    .collectList()
                    .block(Duration.ofSeconds(10));

            assertThat(seen).hasSize(3).containsOnly(root.spanId());
            for (Scheduler each : List.of(one, two)) {
                Hooks.disableAutomaticContextPropagation();
                Span left =
                        Mono.fromCallable(Tracing::current).subscribeOn(each).block(Duration.ofSeconds(10));
                assertThat(left).isSameAs(Span.noop());
            }
        } finally {
            Hooks.disableAutomaticContextPropagation();
            one.dispose();
            two.dispose();
        }
    }
}
