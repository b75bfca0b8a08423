package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the application notices of a backend that fails at everything, alone and beside the one under test: nothing. So many
 * calls each as {@code -Dspanloom.contract.calls} says (300; 1000000 takes minutes).
 */
abstract class HostileCases extends ContractCases {

    private static final int CALLS = Integer.getInteger("spanloom.contract.calls", 300);

    private static final int STACK_BYTES = 208 * 1_024;

    private final BackendContract contract;
    private final List<HostileBackend> made = new CopyOnWriteArrayList<>();

    HostileCases(BackendContract contract) {
        super(contract);
        this.contract = contract;
    }

    @Override
    final boolean concernsTheApplicationAlone() {
        return true;
    }

    @ParameterizedTest
    @EnumSource(names = "BLOCKS", mode = EnumSource.Mode.EXCLUDE)
    void alone_theApplicationNoticesNothing(HostileBackend.Mode mode) throws Exception {
        inForce(mode, "hostile");
        everythingGoesOn(mode);
    }

    @ParameterizedTest
    @EnumSource(names = "BLOCKS", mode = EnumSource.Mode.EXCLUDE)
    void leadingTheBackend_theApplicationNoticesNothing(HostileBackend.Mode mode) throws Exception {
        inForce(mode, "hostile,contract");
        everythingGoesOn(mode);
    }

    @ParameterizedTest
    @EnumSource(names = "BLOCKS", mode = EnumSource.Mode.EXCLUDE)
    void followingTheBackend_theApplicationNoticesNothing(HostileBackend.Mode mode) throws Exception {
        inForce(mode, "contract,hostile");
        everythingGoesOn(mode);
    }

    @ParameterizedTest
    @EnumSource(names = "BLOCKS", mode = EnumSource.Mode.EXCLUDE)
    void followingTheBackend_thatOneStillRecords(HostileBackend.Mode mode) {
        Assumptions.assumeTrue(contract.records(), "the backend keeps nothing");
        inForce(mode, "contract,hostile");
        Tracing.run("root", root -> Tracing.run("child", child -> child.annotation("k", "v")));
        Tracing.flush(DEADLINE); // false, for the hostile one cannot

        assertThat(contract.awaitSpans(2)).extracting(ObservedSpan::name).contains("root", "child");
    }

    /** By itself it is the same, and tried in core's own tests: each such case takes the seconds that are waited. */
    @Test
    void neverComesBackFromFlushStatsAndClose_nobodyWaitsForItForEver() throws Exception {
        inForce(HostileBackend.Mode.BLOCKS, "hostile,contract");
        Tracing.run("root", root -> {});
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            boolean flushed = Tracing.flush(Duration.ofMillis(100));
            assertThat(Tracing.stats()).isNotNull();
            Tracing.shutdown();
            return flushed;
        });
        Thread thread = new Thread(task, "contract-waiting");
        thread.setDaemon(true);
        thread.start();

        assertThat(task.get(60, TimeUnit.SECONDS)).as("flushed").isFalse();
    }

    @AfterEach
    final void release() {
        made.forEach(HostileBackend::release);
    }

    private void inForce(HostileBackend.Mode mode, String backends) {
        BackendProvider hostile = new BackendProvider() {
            @Override
            public String name() {
                return "hostile";
            }

            @Override
            public Backend create(TracingConfig config) {
                HostileBackend backend = new HostileBackend(mode);
                made.add(backend);
                return backend;
            }
        };
        Tracing.reconfigure(
                contract.builder().provider(hostile).backend(backends).build());
    }

    /** On a small stack, for unwinding it is what an overflow costs: still some hundred times any other failure. */
    private static void everythingGoesOn(HostileBackend.Mode mode) throws Exception {
        int calls = mode == HostileBackend.Mode.OVERFLOWS ? Math.max(3, CALLS / 100) : CALLS;
        FutureTask<Void> task = new FutureTask<>(() -> {
            everythingGoesOn(calls);
            return null;
        });
        Thread thread = new Thread(null, task, "contract-hostile", STACK_BYTES);
        thread.start();
        task.get();
    }

    private static void everythingGoesOn(int calls) throws Exception {
        RuntimeException boom = new IllegalStateException("of the application");
        for (int i = 0; i < calls; i++) {
            Object result = new Object();
            assertThat(Tracing.<Object, Exception>call("root", root -> {
                        recordEverything(root);
                        return Tracing.<Object, Exception>call("child", child -> result);
                    }))
                    .isSameAs(result);
            assertThat(thrownBy(boom)).isSameAs(boom).hasNoSuppressedExceptions();
            assertThat(Tracing.wrapCallable(() -> result).call()).isSameAs(result);
        }
        assertThat(Tracing.stats()).isNotNull();
        Tracing.flush(Duration.ofMillis(10));
    }

    private static Throwable thrownBy(RuntimeException boom) {
        try {
            Tracing.run(
                    "root",
                    root -> Tracing.run("child", child -> {
                        throw boom;
                    }));
        } catch (Throwable thrown) {
            return thrown;
        }
        throw new AssertionError("nothing was thrown");
    }

    private static void recordEverything(Span span) {
        span.annotation("text", "x")
                .annotation("whole", 1L)
                .annotation("real", 1.5)
                .annotation("truth", true);
        span.metadata("m", List.of(1)).event("e", Map.of("k", 1)).user("andrew");
        span.link("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");
        span.expected(new IllegalStateException("handled"));
        Map<String, String> headers = new HashMap<>();
        Tracing.inject(headers, Map::put);
        Tracing.current().annotation("current", true);
        Tracing.capture().run(() -> Tracing.span("captured").close());
        Tracing.span("detached").detach().close();
    }
}
