package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the application notices of being traced: nothing. Holds for backends that keep nothing, too. */
abstract class TransparencyCases extends ContractCases {

    TransparencyCases(BackendContract contract) {
        super(contract);
    }

    @Override
    final boolean concernsTheApplicationAlone() {
        return true;
    }

    @Test
    void result_isTheVeryObject() {
        List<String> result = List.of("one");

        assertThat(Tracing.<List<String>, RuntimeException>call("root", root -> result))
                .isSameAs(result);
    }

    @Test
    @SuppressWarnings("NullAway") // which does not read the type parameter's bound: null is a result, too
    void nullResult_staysNull() {
        assertThat(Tracing.<Object, RuntimeException>call("root", root -> null)).isNull();
    }

    @Test
    void checkedException_isTheVeryObject() {
        IOException disk = new IOException("disk");

        assertThat(catchThrowable(() -> Tracing.run(
                        "root",
                        root -> Tracing.run("child", child -> {
                            throw disk;
                        }))))
                .isSameAs(disk)
                .hasNoSuppressedExceptions();
    }

    @Test
    void error_isTheVeryObject() {
        AssertionError error = new AssertionError("boom");

        assertThat(catchThrowable(() -> Tracing.run(SpanSpec.named("root"), root -> {
                    throw error;
                })))
                .isSameAs(error);
    }

    @Test
    void bodyRunsOnceOnTheCallersThread() {
        int[] runs = {0};
        Thread caller = Thread.currentThread();
        Tracing.run("root", root -> {
            runs[0]++;
            assertThat(Thread.currentThread()).isSameAs(caller);
        });

        assertThat(runs[0]).isOne();
    }

    @Test
    void nullsAndNonsense_areTakenWithoutAWord() {
        Tracing.run("root", root -> {
            root.annotation("", "x")
                    .annotation("k", (String) null)
                    .metadata("k", null)
                    .metadata("", "", "x");
            root.event("").event("e", Map.of()).link("", "").user("").user(null);
            root.annotation("k".repeat(10_000), "x").metadata("n".repeat(10_000), "k".repeat(10_000), "x");
        });

        assertThat(Tracing.current()).isSameAs(Span.noop());
    }

    @Test
    void wrappedTasks_runWithTheirResults() throws Exception {
        try (Span root = Tracing.span("root")) {
            assertThat(elsewhere(Tracing.wrapCallable(() -> "called"))).isEqualTo("called");
            assertThat(elsewhere(() -> Tracing.wrapSupplier(() -> "got").get())).isEqualTo("got");
            assertThat(Tracing.<String, String>wrapFunction(text -> text + "!").apply("hey"))
                    .isEqualTo("hey!");
        }
    }

    @Test
    void wrappedTaskThatThrows_throwsTheVeryObject() {
        IllegalStateException boom = new IllegalStateException("boom");
        try (Span root = Tracing.span("root")) {
            assertThat(catchThrowable(() -> Tracing.wrap((Runnable) () -> {
                                throw boom;
                            })
                            .run()))
                    .isSameAs(boom);
        }
    }

    @Test
    void carrierThatThrows_doesNotReachTheCaller() {
        Map<String, String> headers = new HashMap<>();
        Span request = Tracing.segment("request", headers, (carrier, name) -> {
            throw new IllegalStateException("broken carrier");
        });
        try (request) {
            Tracing.inject(headers, (carrier, name, value) -> {
                throw new IllegalStateException("broken carrier");
            });
        }

        assertThat(headers).isEmpty();
    }

    @Test
    void manyOpenSpans_allClose() {
        Span[] open = new Span[1_000];
        for (int i = 0; i < open.length; i++) {
            open[i] = Tracing.span("span");
        }
        for (int i = open.length - 1; i >= 0; i--) {
            open[i].close();
        }

        assertThat(Tracing.current()).isSameAs(Span.noop());
    }

    @Test
    void spanInFlightWhenTracingIsSwitchedOff_endsWithoutAWord() {
        Span span = Tracing.span("root").detach();
        Tracing.reconfigure(TracingConfig.builder().alone().backend("none").build());
        span.annotation("late", 1).close();

        assertThat(span.isRecording()).isFalse();
    }
}
