package io.spanloom.test;

import static io.spanloom.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

@Isolated
class TracingExtensionTest {

    private static Events run(Class<?> testClass) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute()
                .testEvents();
    }

    @ExtendWith(TracingExtension.class)
    static class RecordsCase {
        @BeforeEach
        void prepare() {
            Tracing.run("prepared", span -> {});
        }

        @Test
        void whatIsTraced_isRecorded(TraceRecorder traces) {
            Tracing.run("tested", span -> {});
            assertThat(traces).hasTraces(2);
        }

        @AfterEach
        void stillThere(TraceRecorder traces) {
            assertThat(traces.spans()).hasSize(2);
        }
    }

    @Test
    void testWithRecorder_seesWhatItsPreparationsAndItselfTraced() {
        run(RecordsCase.class).assertStatistics(stats -> stats.succeeded(1).failed(0));
    }

    @ExtendWith(TracingExtension.class)
    static class LeaksCase {
        @Test
        void leaves() {
            Tracing.span("forgotten");
        }
    }

    @Test
    void spanLeftCurrent_failsTheTestByName() {
        run(LeaksCase.class)
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test(),
                                finishedWithFailure(
                                        instanceOf(AssertionError.class),
                                        message(text -> text.startsWith(
                                                        "the test left open:\n  span 'forgotten', opened on thread '")
                                                && text.contains("LeaksCase.leaves(TracingExtensionTest.java:")
                                                && text.contains("'forgotten' is still current")))));
    }

    private static final AtomicReference<Span> HELD = new AtomicReference<>();

    @ExtendWith(TracingExtension.class)
    static class LeaksElsewhereCase {
        @Test
        void leaves() throws Exception {
            Thread thread = new Thread(() -> HELD.set(Tracing.span("elsewhere")), "worker");
            thread.start();
            thread.join(10_000);
        }
    }

    @Test
    void spanLeftOpenOnAnotherThread_failsTheTestByNameAndThread() {
        run(LeaksElsewhereCase.class)
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test(),
                                finishedWithFailure(
                                        instanceOf(AssertionError.class),
                                        message(text -> text.contains("span 'elsewhere', opened on thread 'worker' at")
                                                && text.contains("LeaksElsewhereCase")))));
    }

    @ExtendWith(TracingExtension.class)
    static class ForgetsDetachedCase {
        @Test
        void leaves() {
            HELD.set(Tracing.span("never closed").detach());
        }
    }

    @Test
    void detachedSpanThatNobodyCloses_failsTheTestByName() {
        run(ForgetsDetachedCase.class)
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test(),
                                finishedWithFailure(
                                        instanceOf(AssertionError.class),
                                        message(text -> text.contains("span 'never closed', opened")))));
    }

    @ExtendWith(TracingExtension.class)
    static class EndsSoonCase {
        @Test
        void leavesToAnotherThread() {
            Span late = Tracing.span("late").detach();
            CompletableFuture.runAsync(late::close, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
        }
    }

    @Test
    void spanThatAnotherThreadIsAboutToClose_isWaitedFor() {
        run(EndsSoonCase.class).assertStatistics(stats -> stats.succeeded(1));
    }

    @ExtendWith(TracingExtension.class)
    static class AllowedCase {
        @Test
        @LeaksAllowed("to see that it is")
        void leaves() {
            Tracing.span("forgotten");
        }
    }

    @LeaksAllowed
    @ExtendWith(TracingExtension.class)
    static class AllAllowedCase {
        @Test
        void leaves() {
            Tracing.span("forgotten");
        }
    }

    @Test
    void leaksAllowed_failNoTest() {
        run(AllowedCase.class).assertStatistics(stats -> stats.succeeded(1));
        run(AllAllowedCase.class).assertStatistics(stats -> stats.succeeded(1));
    }

    @ExtendWith(TracingExtension.class)
    static class LeaksScopeCase {
        @Test
        void leaves() {
            Span span = Tracing.span("captured");
            var context = Tracing.capture();
            span.close();
            Scope unused = context.activate();
        }
    }

    @Test
    void scopeLeftOpen_failsTheTestByName() {
        run(LeaksScopeCase.class)
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test(),
                                finishedWithFailure(
                                        instanceOf(AssertionError.class),
                                        message(text -> text.contains("a scope, opened on thread '")
                                                && text.contains(
                                                        "LeaksScopeCase.leaves(TracingExtensionTest.java:")))));
    }

    @ExtendWith(TracingExtension.class)
    static class FailsCase {
        @Test
        void fails() {
            Tracing.run("checkout", span -> span.annotation("amount", 12));
            throw new IllegalStateException("the test's own");
        }
    }

    @Test
    void testThatFails_printsItsTraces() {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            run(FailsCase.class).assertStatistics(stats -> stats.failed(1));
        } finally {
            System.setOut(out);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("recorded by fails()")
                .contains("checkout  amount=12");
    }

    @Test
    void earlierConfiguration_isInForceAgain() {
        TracingConfig before = TracingConfig.builder()
                .alone()
                .backend("none")
                .service("before")
                .build();
        try (Scope scope = Tracing.override(before)) {
            run(RecordsCase.class).assertStatistics(stats -> stats.succeeded(1));
            run(LeaksCase.class).assertStatistics(stats -> stats.failed(1));

            assertThat(Tracing.config()).isSameAs(before);
        }
    }

    @ExtendWith(TracingExtension.class)
    static class InsideCase {
        @Test
        void runsAnother() {
            run(RecordsCase.class)
                    .assertThatEvents()
                    .haveExactly(
                            1,
                            event(
                                    test(),
                                    finishedWithFailure(
                                            instanceOf(ExtensionConfigurationException.class),
                                            message(text -> text.contains("@ResourceLock")))));
        }
    }

    @Test
    void twoAtOnce_theSecondSaysSo() {
        run(InsideCase.class).assertStatistics(stats -> stats.succeeded(1));
    }

    static class ConfiguredCase {
        @RegisterExtension
        static final TracingExtension TRACING =
                TracingExtension.configured(builder -> builder.set(TracingConfig.CONTEXT_MISSING, "root"));

        @Test
        void settingsHold(TraceRecorder traces) {
            Tracing.subsegment("alone").close();
            assertThat(traces).onlyTrace().hasRoot("alone");
        }
    }

    @Test
    void settingsOfTheTest_hold() {
        run(ConfiguredCase.class).assertStatistics(stats -> stats.succeeded(1));
    }
}
