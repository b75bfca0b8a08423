package io.spanloom;

import io.spanloom.internal.Fatal;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.Reporter;
import io.spanloom.spi.SpanListener;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a backend (or a listener) what may take its time (to flush, to count, to close) on a thread that lives for that one call: a backend
 * that does not come back keeps neither its caller nor the JVM's end longer than was agreed.
 */
final class BackendCalls {

    /** What a backend gets beyond the time that it was told, so that its own answer is the one that counts. */
    private static final Duration GRACE = Duration.ofMillis(50);

    /** Counting is to be done at once. */
    private static final Duration TO_COUNT = Duration.ofSeconds(1);

    /** A close takes two seconds at most. */
    private static final Duration TO_CLOSE = Duration.ofSeconds(3);

    private final Supplier<String> name;
    private final Predicate<Duration> flush;
    private final Supplier<BackendStats> stats;
    private final Runnable close;

    /** Several backends each have their own calls; of none there is nothing to wait for. */
    private final boolean direct;

    /** The thread of a call that nobody waits for any more. */
    private volatile @Nullable Thread stuck;

    private volatile boolean silent;

    BackendCalls(Backend backend) {
        this(
                () -> "the backend " + backend.name(),
                backend::flush,
                () -> Objects.requireNonNull(backend.stats(), "the backend gave none"),
                backend::close,
                backend instanceof FanoutBackend || backend == Backend.none());
    }

    /** The same of a listener, which may take its time as well. */
    BackendCalls(String name, SpanListener listener) {
        this(
                () -> name,
                listener::flush,
                () -> Objects.requireNonNull(listener.stats(), "the listener gave none"),
                listener::close,
                false);
    }

    private BackendCalls(
            Supplier<String> name,
            Predicate<Duration> flush,
            Supplier<BackendStats> stats,
            Runnable close,
            boolean direct) {
        this.name = name;
        this.flush = flush;
        this.stats = stats;
        this.close = close;
        this.direct = direct;
    }

    /** False, too, where the backend threw, or did not come back. */
    boolean flush(Duration timeout) {
        return ask("flush", () -> flush.test(timeout), false, timeout);
    }

    /** Nothing where the backend threw, or did not come back. */
    BackendStats stats() {
        return ask("count its spans", stats, BackendStats.NONE, TO_COUNT);
    }

    void close() {
        Supplier<Boolean> closing = () -> {
            close.run();
            return true;
        };
        boolean interrupted = Thread.interrupted(); // what is queued is delivered all the same
        try {
            Call<Boolean> call = direct ? Call.here(closing) : Call.elsewhere(closing);
            if (!call.await(TO_CLOSE)) {
                tooLong("close");
            } else if (call.thrown != null) {
                Fatal.rethrow(call.thrown);
                Reporter.warn("TRC-023", name.get() + " could not be closed", call.thrown);
            }
        } catch (InterruptedException again) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether the last question was not answered. */
    boolean isSilent() {
        return silent;
    }

    private <T> T ask(String what, Supplier<T> question, T otherwise, Duration patience) {
        boolean answered = false;
        try {
            if (isStuckFor(patience)) {
                return otherwise;
            }
            Call<T> call = direct ? Call.here(question) : Call.elsewhere(question);
            if (!call.await(patience)) {
                stuck = call.thread;
                tooLong(what);
                return otherwise;
            }
            if (call.thrown == null) {
                answered = true;
                return Objects.requireNonNull(call.answer);
            }
            Fatal.rethrow(call.thrown);
            Reporter.warn(
                    "TRC-021", name.get() + " could not " + what + "; the application is not affected", call.thrown);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            silent = !answered; // not before: another thread may look while this one asks
        }
        return otherwise;
    }

    /** One thread at most waits for a backend that does not come back. */
    private boolean isStuckFor(Duration patience) throws InterruptedException {
        Thread last = stuck;
        if (last == null) {
            return false;
        }
        last.join(Math.max(1, millis(patience)));
        if (last.isAlive()) {
            return true;
        }
        stuck = null;
        return false;
    }

    private void tooLong(String what) {
        Reporter.warn(
                "TRC-026", name.get() + " was asked to " + what + ", and has not come back; the application goes on");
    }

    static long millis(Duration time) {
        try {
            return time.toMillis();
        } catch (ArithmeticException forever) {
            return Long.MAX_VALUE / 2;
        }
    }

    /** One call, made on a thread of its own. */
    private static final class Call<T> implements Runnable {
        private final Supplier<T> question;
        private volatile boolean done;

        @Nullable
        Thread thread;

        @Nullable
        T answer;

        @Nullable
        Throwable thrown;

        private Call(Supplier<T> question) {
            this.question = question;
        }

        static <T> Call<T> here(Supplier<T> question) {
            Call<T> call = new Call<>(question);
            call.run();
            return call;
        }

        static <T> Call<T> elsewhere(Supplier<T> question) {
            Call<T> call = new Call<>(question);
            Thread thread = new Thread(null, call, "spanloom-asking", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
            call.thread = thread;
            try {
                thread.start();
            } catch (OutOfMemoryError noThreads) {
                call.run();
            }
            return call;
        }

        @Override
        public void run() {
            try {
                answer = question.get();
            } catch (Throwable any) {
                thrown = any;
            }
            done = true;
        }

        /** Whether it came back; a thread that waits for it in vain is interrupted, and so is the call. */
        boolean await(Duration patience) throws InterruptedException {
            Thread asking = thread;
            if (asking == null || done) {
                return true;
            }
            try {
                TimeUnit.MILLISECONDS.timedJoin(asking, Math.max(1, millis(patience) + GRACE.toMillis()));
            } catch (InterruptedException interrupted) {
                asking.interrupt();
                throw interrupted;
            }
            if (!done) {
                asking.interrupt();
            }
            return done;
        }
    }
}
