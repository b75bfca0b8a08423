package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.spi.HeaderFormat;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What all groups of cases share: a backend in force before each, nothing left current after it. */
abstract class ContractCases {

    static final Duration DEADLINE = Duration.ofSeconds(10);

    private final BackendContract contract;

    ContractCases(BackendContract contract) {
        this.contract = contract;
    }

    @BeforeEach
    final void putBackendInForce() {
        assumeTrue(contract.records() || concernsTheApplicationAlone(), "the backend keeps nothing");
        TracingConfig.Builder builder = contract.builder();
        configure(builder);
        Tracing.reconfigure(builder.build());
        assertThat(Tracing.current()).as("current before the case").isSameAs(Span.noop());
    }

    @AfterEach
    final void nothingIsLeftCurrent() {
        Span left = Tracing.current();
        for (Span next = left; next != Span.noop(); ) {
            next.close();
            Span below = Tracing.current();
            next = below == next ? Span.noop() : below;
        }
        Tracing.shutdown();
        assertThat(left).as("current after the case").isSameAs(Span.noop());
    }

    /** What the group needs beside the backend. */
    void configure(TracingConfig.Builder builder) {}

    boolean concernsTheApplicationAlone() {
        return false;
    }

    /** What the backend speaks. */
    final HeaderFormat headerFormat() {
        return contract.headerFormat();
    }

    /** What the backend's library has current on this thread, whoever made it so; null for nothing. */
    final @Nullable Object libraryCurrent() {
        return contract.libraryCurrent();
    }

    /** What was delivered, which must be so many spans. */
    final ObservedSpans spans(int count) {
        ObservedSpans delivered = atLeast(count);
        assertThat(delivered.all()).as("delivered spans").hasSize(count);
        return delivered;
    }

    /** What was delivered, which must be so many spans or more. */
    final ObservedSpans atLeast(int count) {
        assertThat(Tracing.flush(DEADLINE)).as("flushed in time").isTrue();
        ObservedSpans delivered = new ObservedSpans(contract.awaitSpans(count));
        assertThat(delivered.all()).as("delivered spans").hasSizeGreaterThanOrEqualTo(count);
        return delivered;
    }

    /** Runs what throws, where it is not the exception that is looked at. */
    static void assertThrows(ThrowingCallable body) {
        assertThat(catchThrowable(body)).as("what the body throws").isNotNull();
    }

    /** Runs on a thread of its own, to its end. */
    static <T extends @Nullable Object> T elsewhere(Callable<T> action) throws Exception {
        FutureTask<T> task = new FutureTask<>(action);
        Thread thread = new Thread(task, "contract-elsewhere");
        thread.setDaemon(true);
        thread.start();
        return task.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    /** As {@link #elsewhere(Callable)}. */
    static void elsewhere(Runnable action) throws Exception {
        elsewhere(() -> {
            action.run();
            return null;
        });
    }
}
