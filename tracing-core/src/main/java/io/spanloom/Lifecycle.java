package io.spanloom;

import io.spanloom.internal.Fatal;
import io.spanloom.internal.OffSwitch;
import io.spanloom.spi.Backend;
import io.spanloom.spi.Reporter;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * From "nobody has asked for a span yet" to "set up" or "off", and from one set-up to the next.
 *
 * <p>The first span sets tracing up on its own thread. Nobody waits for that: spans that other threads (or the set-up
 * itself, through traced code) start meanwhile do nothing, and are counted and said.
 */
final class Lifecycle {

    /** While tracing is being set up, and where it cannot be. */
    private static final Setup OFF = Setup.off(TracingConfig.DEFAULTS);

    /** How long a replaced backend stays open for the spans that are still on it, in seconds. */
    private static final long GRACE_SECONDS = 30;

    /** So many replaced backends stay open at the most: each has threads and a queue of its own. */
    private static final int KEPT_OPEN = 8;

    private static final Duration SHUTDOWN = Duration.ofSeconds(2);

    /** At the JVM's end, how long nothing may be offered until nothing more is waited for. */
    private static final long QUIET_MILLIS = 100;

    /** What is in force; null until the first span, or after {@link #shutdown}. */
    private static volatile @Nullable Setup active;

    private static final Queue<Retired> RETIRED = new ConcurrentLinkedQueue<>();
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final AtomicLong MISSED = new AtomicLong();
    private static @Nullable Thread hook;

    /** Why tracing is off, where the configuration is wrong; null where it is not. */
    private static volatile @Nullable String problem;

    private static @Nullable ScheduledThreadPoolExecutor retirement;
    private static @Nullable ConfigReload reload;

    private Lifecycle() {}

    /** What is in force, set up now if it has to be. Never blocks, never throws unless {@code tracing.strict}. */
    static Setup active() {
        Setup setup = active;
        return setup != null ? setup : first();
    }

    private static Setup first() {
        if (LOCK.isHeldByCurrentThread() || !LOCK.tryLock()) {
            MISSED.incrementAndGet();
            return OFF;
        }
        try {
            Setup setup = active;
            if (setup == null) {
                setup = lazily();
                activate(setup);
                begun(setup);
            }
            return setup;
        } finally {
            LOCK.unlock();
        }
    }

    private static Setup lazily() {
        boolean strict = Boolean.parseBoolean(System.getProperty("tracing.strict", System.getenv("TRACING_STRICT")));
        try {
            TracingConfig config = TracingConfig.load();
            strict = config.get(TracingConfig.STRICT);
            return Setup.of(config);
        } catch (TracingConfigException wrong) {
            if (strict || wrong.isStrict()) {
                throw wrong;
            }
            problem = wrong.getMessage();
            Reporter.error("TRC-002", "tracing is off: " + problem, null);
        } catch (Throwable broken) {
            Fatal.rethrow(broken);
            problem = "it could not be set up: " + broken;
            Reporter.error("TRC-002", "tracing is off: it could not be set up", broken);
        }
        return OFF;
    }

    /** Puts a configuration in force. Waits for another thread that is doing the same. */
    static void reconfigure(TracingConfig config) {
        LOCK.lock();
        try {
            Setup next = Setup.of(config);
            Setup before = active;
            activate(next);
            begun(next);
            if (before != null) {
                retire(before);
            }
        } finally {
            LOCK.unlock();
        }
    }

    /** As {@link #reconfigure}, if nobody else has done so since. */
    static void replace(TracingConfig before, TracingConfig next) {
        LOCK.lock();
        try {
            if (isInForce(before)) {
                reconfigure(next);
            }
        } finally {
            LOCK.unlock();
        }
    }

    static boolean isInForce(TracingConfig config) {
        Setup setup = active;
        return setup != null && setup.config() == config;
    }

    /** Puts a configuration in force, and says how to undo exactly that. */
    static Scope override(TracingConfig config) {
        LOCK.lock();
        try {
            Setup next = Setup.of(config);
            Setup before = active;
            activate(next);
            AtomicBoolean over = new AtomicBoolean();
            return () -> {
                if (over.compareAndSet(false, true)) {
                    restore(before, next);
                }
            };
        } finally {
            LOCK.unlock();
        }
    }

    private static void restore(@Nullable Setup before, Setup overriding) {
        LOCK.lock();
        try {
            Setup left = active;
            activate(before);
            if (left != null && left != overriding && left != before) {
                left.close(); // somebody reconfigured meanwhile
            }
            overriding.close();
        } finally {
            LOCK.unlock();
        }
    }

    /** Why {@link #active} is off though something else was asked for; null where it is as asked. */
    static @Nullable String problem() {
        return active == OFF ? problem : null;
    }

    private static void activate(@Nullable Setup setup) {
        active = setup;
        OffSwitch.set(setup != null && setup.backend() == Backend.none());
        LogContext.configured(setup != null && setup.config().get(TracingConfig.LOG_MDC));
    }

    private static void begun(Setup setup) {
        look(setup.config());
        long missed = MISSED.getAndSet(0);
        if (setup.backend() != Backend.none()) {
            Reporter.info(setup.summary());
            UnwovenClasses.reportOnce();
            if (missed > 0) {
                Reporter.warn("TRC-006", missed + " spans were not recorded, because tracing was still being set up");
            }
            if (hook == null) {
                Thread atExit = new Thread(null, Lifecycle::flushAtExit, "spanloom-shutdown", 0, false);
                atExit.setContextClassLoader(Lifecycle.class.getClassLoader()); // not that of the first request
                try {
                    Runtime.getRuntime().addShutdownHook(atExit);
                    hook = atExit;
                } catch (IllegalStateException exiting) {
                    // The JVM is going down already: nothing will be started that has to be flushed later.
                }
            }
        }
    }

    /** Of what was replaced, too: its spans have ended just the same. */
    static boolean flush(Duration timeout) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BackendCalls.millis(timeout));
        List<Retired> replaced = List.copyOf(RETIRED);
        boolean all = true;
        for (int i = 0; i < replaced.size(); i++) {
            Duration share = left(deadline).dividedBy(replaced.size() - i + 1L);
            all &= replaced.get(i).setup.flush(share);
        }
        return all & active().flush(left(deadline));
    }

    /**
     * Runs beside the application's own hooks, which may still be answering requests: so nothing is closed, and as long
     * as spans go on ending they are waited for.
     */
    static void flushAtExit() {
        long deadline = System.nanoTime() + SHUTDOWN.toNanos();
        RETIRED.forEach(retired -> retired.setup.flush(left(deadline)));
        Setup setup = active;
        if (setup == null) {
            return;
        }
        long offered;
        do {
            offered = setup.stats().offered();
            setup.flush(left(deadline));
        } while (pause(deadline) && setup.stats().offered() > offered);
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private static boolean pause(long deadline) {
        try {
            Thread.sleep(Math.min(QUIET_MILLIS, left(deadline).toMillis()));
            return !left(deadline).isZero();
        } catch (InterruptedException interrupted) {
            return false;
        }
    }

    private static void retire(Setup before) {
        if (before.backend() == Backend.none()) {
            return;
        }
        ScheduledThreadPoolExecutor executor = retirement;
        if (executor == null) {
            executor = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "spanloom-retire");
                thread.setDaemon(true);
                thread.setContextClassLoader(null);
                return thread;
            });
            executor.setKeepAliveTime(1, TimeUnit.SECONDS);
            executor.allowCoreThreadTimeOut(true);
            executor.setRemoveOnCancelPolicy(true);
            retirement = executor;
        }
        Retired retired = new Retired(before);
        RETIRED.add(retired);
        retired.end = executor.schedule(retired, GRACE_SECONDS, TimeUnit.SECONDS);
        if (RETIRED.size() > KEPT_OPEN) {
            executor.execute(Lifecycle::closeEldest);
        }
    }

    private static void closeEldest() {
        while (RETIRED.size() > KEPT_OPEN) {
            Retired eldest = RETIRED.peek();
            if (eldest != null) {
                eldest.run();
            }
        }
    }

    private static void look(@Nullable TracingConfig config) {
        if (reload != null) {
            reload.stop();
        }
        reload = config == null ? null : ConfigReload.of(config);
    }

    /** A replaced set-up: closed after its grace, or earlier when tracing or the JVM ends, or too many wait. */
    private static final class Retired implements Runnable {
        private final Setup setup;

        volatile @Nullable Future<?> end;

        Retired(Setup setup) {
            this.setup = setup;
        }

        @Override
        public void run() {
            if (RETIRED.remove(this)) {
                setup.close();
                Future<?> planned = end;
                if (planned != null) {
                    planned.cancel(false);
                }
            }
        }
    }

    /** Ends tracing: delivers what is queued, and forgets everything. The next span sets tracing up again. */
    static void shutdown() {
        LOCK.lock();
        try {
            Setup setup = active;
            activate(null);
            look(null);
            if (hook != null) {
                try {
                    Runtime.getRuntime().removeShutdownHook(hook);
                } catch (IllegalStateException exiting) {
                    // It runs already.
                }
                hook = null;
            }
            if (retirement != null) {
                retirement.shutdownNow(); // its tasks do not run any more, whoever calls them
                retirement = null;
            }
            RETIRED.forEach(Retired::run);
            if (setup != null) {
                setup.flush(SHUTDOWN);
                setup.close();
            }
        } finally {
            LOCK.unlock();
        }
    }
}
