package io.spanloom.desk;

import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for an HTTP server's requests, each with a deadline. A client that sends or reads a byte at a time would hold a
 * thread for ever; interrupting it closes the connection, for the server reads and writes by interruptible channels. So
 * this holds wherever the desk is embedded, without a property of the JVM.
 */
final class RequestThreads implements Executor, Closeable {
    /** Questions take milliseconds; this many leave room for others beside slow clients. Idle ones end. */
    private static final int THREADS = 64;

    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor watch;
    private final long deadlineMillis;

    RequestThreads(String name, Duration deadline) {
        deadlineMillis = deadline.toMillis();
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> daemon(task, name));
        threads.allowCoreThreadTimeOut(true);
        // A request that begins while the desk closes goes without a deadline.
        watch = new ScheduledThreadPoolExecutor(
                1, task -> daemon(task, name + "-deadlines"), new ThreadPoolExecutor.DiscardPolicy());
        watch.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Runnable request) {
        threads.execute(() -> {
            Cut cut = new Cut(Thread.currentThread());
            ScheduledFuture<?> deadline = watch.schedule(cut, deadlineMillis, TimeUnit.MILLISECONDS);
            try {
                request.run();
            } finally {
                deadline.cancel(false);
                cut.done();
            }
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
        watch.shutdownNow();
    }

    /** Interrupts the thread of one request, and never that of the next. */
    private static final class Cut implements Runnable {
        private final Thread thread;
        private boolean done;

        private Cut(Thread thread) {
            this.thread = thread;
        }

        @Override
        public synchronized void run() {
            if (!done) {
                thread.interrupt();
            }
        }

        private synchronized void done() {
            done = true;
            boolean unusedInterrupted = Thread.interrupted();
        }
    }
}
