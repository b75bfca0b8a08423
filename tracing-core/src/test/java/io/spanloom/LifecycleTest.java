package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.MemorySpan;
import io.spanloom.spi.Said;
import io.spanloom.spi.SpanSeed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifecycleTest {

    private static final Queue<MemorySpan> ENDED = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger MADE = new AtomicInteger();
    private static volatile Runnable whileSettingUp = () -> {};

    /** Found by its name; what it does while it is set up is the test's. */
    public static final class Slow implements BackendProvider {
        public Slow() {
            Tracing.run("inside the provider's constructor", span -> {});
        }

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public Backend create(TracingConfig config) {
            MADE.incrementAndGet();
            whileSettingUp.run();
            return new MemoryBackend("slow", config.sampler(), ENDED::add);
        }
    }

    @BeforeEach
    @AfterEach
    void fromTheBeginning() {
        Tracing.shutdown();
        System.clearProperty("tracing.backend");
        System.clearProperty("tracing.strict");
        System.clearProperty("tracing.config");
        ENDED.clear();
        MADE.set(0);
        whileSettingUp = () -> {};
    }

    private static BackendProvider provider(String name, Function<TracingConfig, Backend> create) {
        return new BackendProvider() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Backend create(TracingConfig config) {
                return create.apply(config);
            }
        };
    }

    private static TracingConfig memory(Queue<MemorySpan> ended) {
        return TracingConfig.builder()
                .alone()
                .provider(provider("memory", config -> new MemoryBackend("memory", config.sampler(), ended::add)))
                .backend("memory")
                .build();
    }

    // --- the first span ----------------------------------------------------------------------------------------------

    @Test
    void firstSpan_setsTracingUpAndIsRecorded() throws Exception {
        System.setProperty("tracing.backend", "slow");
        try (ProvidersOnThePath path = ProvidersOnThePath.of(Slow.class)) {
            Tracing.run("first", span -> {});
        }

        assertThat(ENDED).extracting(Span::name).containsExactly("first");
    }

    @Test
    void spansWhileTracingIsBeingSetUp_waitForNobodyAndAreCounted() throws Exception {
        System.setProperty("tracing.backend", "slow");
        ExecutorService pool = Executors.newFixedThreadPool(4);
        String said = Said.by(() -> {
            whileSettingUp = () -> {
                List<Future<?>> others = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    others.add(pool.submit(() -> Tracing.run("other", span -> {})));
                }
                others.forEach(LifecycleTest::join);
            };
            try (ProvidersOnThePath path = ProvidersOnThePath.of(Slow.class)) {
                Tracing.run("first", span -> {});
            }
        });
        pool.shutdownNow();

        assertThat(ENDED).extracting(Span::name).containsExactly("first");
        assertThat(MADE).hasValue(1);
        assertThat(said).contains("TRC-006").contains("spans were not recorded");
    }

    private static void join(Future<?> future) {
        try {
            future.get(10, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void firstUseByManyThreadsAtOnce_setsUpOnce() throws Exception {
        System.setProperty("tracing.backend", "slow");
        int threads = 8;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (ProvidersOnThePath path = ProvidersOnThePath.of(Slow.class)) {
            List<Future<?>> uses = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                uses.add(pool.submit(() -> {
                    Thread.currentThread().setContextClassLoader(path);
                    start.await();
                    Tracing.run("one of many", span -> {});
                    return null;
                }));
            }
            start.countDown();
            uses.forEach(LifecycleTest::join);
        } finally {
            pool.shutdownNow();
        }

        assertThat(MADE).hasValue(1);
        assertThat(ENDED).isNotEmpty().hasSizeLessThanOrEqualTo(threads);
    }

    @Test
    void wrongConfiguration_turnsTracingOffWithACode() throws Exception {
        System.setProperty("tracing.backend", "lgo");
        String said =
                Said.by(() -> Tracing.run("first", span -> assertThat(span).isSameAs(Span.noop())));

        assertThat(said).contains("ERROR TRC-002: tracing is off").contains("did you mean log?");
        assertThat(Tracing.isEnabled()).isFalse();
    }

    @Test
    void wrongConfigurationAndStrict_throws() {
        System.setProperty("tracing.backend", "lgo");
        System.setProperty("tracing.strict", "true");

        assertThatExceptionOfType(TracingConfigException.class).isThrownBy(() -> Tracing.span("first"));
    }

    @Test
    void wrongValueInAFileThatIsStrict_throws(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("tracing.properties"), "tracing.strict = true\ntracing.sampling = sometimes\n");
        System.setProperty("tracing.config", file.toString());

        assertThatExceptionOfType(TracingConfigException.class)
                .isThrownBy(() -> Tracing.span("first"))
                .withMessageContaining("tracing.sampling");
    }

    // --- from one configuration to the next --------------------------------------------------------------------------

    @Test
    void reconfigureWhileFourThreadsTrace_losesNothing() throws Exception {
        Queue<MemorySpan> ended = new ConcurrentLinkedQueue<>();
        Tracing.reconfigure(memory(ended));
        int threads = 4;
        int each = 2_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(pool.submit(() -> {
                    for (int n = 0; n < each; n++) {
                        Tracing.run("root", root -> Tracing.run("child", child -> {}));
                    }
                    assertThat(Tracing.current()).isSameAs(Span.noop());
                }));
            }
            while (workers.stream().anyMatch(worker -> !worker.isDone())) {
                Tracing.reconfigure(memory(ended));
            }
            workers.forEach(LifecycleTest::join);
        } finally {
            pool.shutdownNow();
        }

        assertThat(ended).hasSize(2 * threads * each);
        assertThat(ended).extracting(Span::spanId).doesNotHaveDuplicates();
    }

    @Test
    void spanInFlight_endsWhereItBegan() {
        Queue<MemorySpan> before = new ConcurrentLinkedQueue<>();
        Queue<MemorySpan> after = new ConcurrentLinkedQueue<>();
        Tracing.reconfigure(memory(before));
        try (Span span = Tracing.span("in flight")) {
            Tracing.reconfigure(memory(after));
            Tracing.run("next", next -> {});
        }

        assertThat(before).extracting(Span::name).containsExactly("in flight");
        assertThat(after).extracting(Span::name).containsExactly("next");
    }

    @Test
    void reconfigureThatFails_changesNothing() {
        Queue<MemorySpan> ended = new ConcurrentLinkedQueue<>();
        TracingConfig good = memory(ended);
        Tracing.reconfigure(good);

        assertThatThrownBy(() -> Tracing.reconfigure(
                        TracingConfig.builder().alone().backend("xray").build()))
                .isInstanceOf(TracingConfigException.class);
        assertThat(Tracing.config()).isSameAs(good);
    }

    @Test
    void shutdown_closesWhatWasReplaced() {
        AtomicInteger closed = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            Tracing.reconfigure(TracingConfig.builder()
                    .alone()
                    .provider(provider("closing", config -> new ClosingBackend(closed::incrementAndGet)))
                    .backend("closing")
                    .build());
        }
        assertThat(closed).hasValue(0);
        Tracing.shutdown();

        assertThat(closed).hasValue(3);
    }

    @Test
    void reconfiguredAgainAndAgain_keepsNoMoreThanEightReplacedBackendsOpen() {
        AtomicInteger closed = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            Tracing.reconfigure(TracingConfig.builder()
                    .alone()
                    .provider(provider("closing", config -> new ClosingBackend(closed::incrementAndGet)))
                    .backend("closing")
                    .build());
        }

        await().untilAsserted(() -> assertThat(closed).hasValue(20 - 1 - 8));
    }

    @Test
    void flush_deliversWhatWasReplacedToo() {
        Stopping replaced = new Stopping();
        reconfigure(replaced);
        Tracing.reconfigure(memory(new ConcurrentLinkedQueue<>()));

        assertThat(Tracing.flush(Duration.ofSeconds(10))).isTrue();
        assertThat(replaced.flushed).hasSize(1);
    }

    @Test
    void override_givesTheEarlierSetUpBackAsItWas() {
        Queue<MemorySpan> outer = new ConcurrentLinkedQueue<>();
        Queue<MemorySpan> inner = new ConcurrentLinkedQueue<>();
        Tracing.reconfigure(memory(outer));
        try (Scope scope = Tracing.override(memory(inner))) {
            Tracing.run("inner", span -> {});
            scope.close();
            Tracing.reconfigure(memory(outer));
        }
        Tracing.run("outer", span -> {});

        assertThat(inner).extracting(Span::name).containsExactly("inner");
        assertThat(outer).extracting(Span::name).containsExactly("outer");
    }

    @Test
    void overrideOfNothing_setsNothingUp() throws Exception {
        TracingConfig inner = memory(new ConcurrentLinkedQueue<>());
        System.setProperty("tracing.backend", "slow");
        try (ProvidersOnThePath path = ProvidersOnThePath.of(Slow.class)) {
            try (Scope scope = Tracing.override(inner)) {
                Tracing.run("inner", span -> {});
            }

            assertThat(MADE).hasValue(0);
            Tracing.run("outer", span -> {});
            assertThat(MADE).hasValue(1);
        }
    }

    @Test
    void reconfigureInsideAnOverride_isUndoneToo() {
        TracingConfig outer = memory(new ConcurrentLinkedQueue<>());
        AtomicInteger closed = new AtomicInteger();
        Tracing.reconfigure(outer);
        try (Scope scope = Tracing.override(memory(new ConcurrentLinkedQueue<>()))) {
            Tracing.reconfigure(TracingConfig.builder()
                    .alone()
                    .provider(provider("closing", config -> new ClosingBackend(closed::incrementAndGet)))
                    .backend("closing")
                    .build());
        }

        assertThat(Tracing.config()).isSameAs(outer);
        assertThat(closed).hasValue(1);
    }

    // --- the end of the JVM ------------------------------------------------------------------------------------------

    /** Spans end for a while after the JVM has begun to go down; then no more. */
    private static final class Stopping implements Silent {
        private final AtomicInteger asked = new AtomicInteger();
        final Queue<Long> flushed = new ConcurrentLinkedQueue<>();
        final AtomicInteger closed = new AtomicInteger();

        @Override
        public BackendStats stats() {
            return new BackendStats(Math.min(5, asked.incrementAndGet()), 0, Map.of(), 0);
        }

        @Override
        public boolean flush(Duration timeout) {
            flushed.add(Math.min(5, (long) asked.get()));
            return true;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private static void reconfigure(Backend backend) {
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .provider(provider("given", config -> backend))
                .backend("given")
                .build());
    }

    @Test
    void spansThatEndInTheApplicationsOwnHooks_areFlushedAndTheBackendStaysOpen() {
        Stopping backend = new Stopping();
        reconfigure(backend);
        Lifecycle.flushAtExit();

        assertThat(backend.flushed).contains(5L);
        assertThat(backend.closed).hasValue(0);
    }

    @Test
    void replacedBackend_isFlushedAtTheEndOfTheJvm() {
        Stopping backend = new Stopping();
        reconfigure(backend);
        Tracing.reconfigure(memory(new ConcurrentLinkedQueue<>()));
        Lifecycle.flushAtExit();

        assertThat(backend.flushed).hasSize(1);
        assertThat(backend.closed).hasValue(0);
    }

    // --- backends that throw -----------------------------------------------------------------------------------------

    /** Fails everywhere. */
    private static final class Throwing implements Silent {
        @Override
        public Span start(SpanSpec spec, @Nullable SpanSeed seed) {
            throw new TracingConfigException(List.of("too late to say so"));
        }

        @Override
        public Span current() {
            throw new TracingConfigException(List.of("too late to say so"));
        }

        @Override
        public BackendStats stats() {
            throw new IllegalStateException();
        }

        @Override
        public boolean flush(Duration timeout) {
            throw new IllegalStateException();
        }
    }

    @Test
    void backendThatThrows_doesNotReachTheApplication() {
        reconfigure(new Throwing());

        assertThat(Tracing.span("any")).isSameAs(Span.noop());
        assertThat(Tracing.current()).isSameAs(Span.noop());
        assertThat(Tracing.stats()).isEqualTo(BackendStats.NONE);
        assertThat(Tracing.flush(Duration.ZERO)).isFalse();
        Tracing.shutdown();
        assertThat(Tracing.config().origin(TracingConfig.BACKEND)).isEqualTo("default");
    }

    @Test
    void flushOfBackendsOfWhichOneCannotDeliver_leavesTheOthersTheirShare() {
        List<Duration> given = new ArrayList<>();
        Silent stuck = new Silent() {
            @Override
            public boolean flush(Duration timeout) {
                given.add(timeout);
                return false;
            }
        };
        FanoutBackend both = new FanoutBackend(List.of(stuck, new Throwing()));

        assertThat(both.flush(Duration.ofSeconds(10))).isFalse();
        assertThat(given.get(0)).isLessThanOrEqualTo(Duration.ofSeconds(5));
        assertThat(given.get(1)).isGreaterThan(Duration.ofSeconds(5)); // once more, with what the other has left
    }

    @Test
    @SuppressWarnings("NullAway") // what the contract allows
    void segmentOfNoSpec_isNone() {
        Tracing.reconfigure(memory(new ConcurrentLinkedQueue<>()));

        assertThat(Tracing.segment((SpanSpec) null, Map.<String, String>of(), Map::get))
                .isSameAs(Span.noop());
    }

    @Test
    void spansMissedWhileCodeSetsTracingUp_areSaid() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        String said = Said.by(() -> {
            BackendProvider slow = provider("given", config -> {
                join(pool.submit(() -> Tracing.run("other", span -> {})));
                return new MemoryBackend("given", config.sampler(), span -> {});
            });
            Tracing.reconfigure(TracingConfig.builder()
                    .alone()
                    .provider(slow)
                    .backend("given")
                    .build());
        });
        pool.shutdownNow();

        assertThat(said).contains("TRC-006").contains("spans were not recorded");
    }
}
