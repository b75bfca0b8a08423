package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spanloom.spi.Said;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code tracing.debug.leaks}: what is open is listed with its place, what is certainly leaked is said. */
class LeakDetectorTest {

    private final InMemory memory = new InMemory(TracingConfig.DEBUG_LEAKS, "true");

    @AfterEach
    void close() {
        memory.close();
    }

    private static Span leak() {
        return Tracing.span("leaked");
    }

    @Test
    void openSpan_isListedWithThePlaceThatOpenedIt() {
        Span span = leak();

        assertThat(Tracing.opened()).singleElement().satisfies(opened -> {
            assertThat(opened.what()).isEqualTo("span 'leaked'");
            assertThat(opened.current()).isTrue();
            assertThat(opened.thread()).isEqualTo(Thread.currentThread().getName());
            assertThat(opened.place()).contains("LeakDetectorTest.leak(LeakDetectorTest.java:");
        });
        span.close();
        assertThat(Tracing.opened()).isEmpty();
    }

    @Test
    void openScope_isListedUntilItIsClosed() {
        Scope scope = Tracing.capture().activate();

        assertThat(Tracing.opened())
                .singleElement()
                .hasToString(
                        "a scope, opened on thread '" + Thread.currentThread().getName() + "' at "
                                + Tracing.opened().get(0).place());
        assertThat(Tracing.opened().get(0).place()).contains("LeakDetectorTest.openScope");
        scope.close();
        assertThat(Tracing.opened()).isEmpty();
    }

    @Test
    void detachedSpan_isOpenButNotCurrent() {
        Span span = leak().detach();

        assertThat(Tracing.opened()).singleElement().extracting(Opened::current).isEqualTo(false);
        span.close();
    }

    @Test
    void innerSpanStillCurrentWhenTheOuterCloses_isNamedOnce() throws Exception {
        String said = Said.by(() -> {
            for (int i = 0; i < 3; i++) {
                Tracing.run("outer", outer -> leak());
            }
        });

        assertThat(said)
                .containsOnlyOnce("TRC-042")
                .contains("span 'leaked', opened on thread")
                .contains("LeakDetectorTest.leak(LeakDetectorTest.java:")
                .contains("was still current there when span 'outer'");
    }

    @Test
    void spanThatAPooledTaskLeaves_isNamedWhenTheTaskEnds() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            String said = Said.by(() -> Tracing.run(
                    "root",
                    root -> Tracing.wrap(pool).submit(LeakDetectorTest::leak).get(10, TimeUnit.SECONDS)));

            assertThat(said)
                    .contains("TRC-042")
                    .contains("LeakDetectorTest.leak(")
                    .contains("a scope");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void spanThatTheGarbageCollectorFindsOpen_isNamed() throws Exception {
        String said = Said.by(() -> {
            leak().detach();
            await().atMost(java.time.Duration.ofSeconds(20)).until(() -> {
                System.gc();
                Tracing.run("another", span -> {});
                return Tracing.opened().isEmpty();
            });
        });

        assertThat(said).contains("TRC-042").contains("LeakDetectorTest.leak(").contains("was never closed");
    }

    @Test
    void wellBehavedWork_isNotSaid() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            String said = Said.by(() -> {
                Tracing.run("root", root -> {
                    Tracing.run("child", child -> {});
                    Span late = Tracing.span("late").detach();
                    Tracing.wrap(pool)
                            .submit(() -> Tracing.run("task", task -> late.close()))
                            .get(10, TimeUnit.SECONDS);
                });
                System.gc();
                Tracing.run("another", span -> {});
            });

            assertThat(said).isEmpty();
            assertThat(Tracing.opened()).isEmpty();
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void openSpans_areListedInTheOrderOfTheirOpening() {
        try (Span first = Tracing.span("first");
                Span second = Tracing.span("second");
                Span third = Tracing.span("third")) {
            assertThat(Tracing.opened())
                    .extracting(Opened::what)
                    .containsExactly("span 'first'", "span 'second'", "span 'third'");
        }
    }

    @Test
    void moreThanTenThousandOpen_areNotWatched() {
        Deque<Scope> scopes = new ArrayDeque<>();
        for (int i = 0; i < 10_001; i++) {
            scopes.push(Tracing.capture().activate());
        }
        try {
            assertThat(Tracing.opened()).hasSize(10_000);
        } finally {
            scopes.forEach(Scope::close);
        }
    }

    @Test
    void off_nothingIsWatched() {
        try (InMemory off = new InMemory()) {
            Span span = Tracing.span("open");
            assertThat(span.peekExtras()).isNull();
            assertThat(Tracing.opened()).isEmpty();
            span.close();
        }
    }
}
