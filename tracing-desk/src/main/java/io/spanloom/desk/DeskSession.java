package io.spanloom.desk;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** One run of the desk at a terminal, from "ready" to the counters at the end. */
final class DeskSession implements DeskListener {
    private final DeskOutput output;
    private final PrintStream err;
    private final int limit;
    private final CountDownLatch reached = new CountDownLatch(1);
    private int finished;

    /** @param limit how many finished traces to show before stopping; 0 for no limit */
    DeskSession(DeskOutput output, PrintStream err, int limit) {
        this.output = output;
        this.err = err;
        this.limit = limit;
    }

    /** Returns when the limit is reached or nobody reads; else a signal ends the process, and the shutdown hook cleans up. */
    void run(TraceDesk.Builder builder) throws InterruptedException {
        // Held until "ready" is out: nothing is shown before it.
        TraceDesk desk;
        Thread hook;
        synchronized (this) {
            desk = builder.listener(this).start();
            hook = new Thread(() -> end(desk), "desk-shutdown");
            Runtime.getRuntime().addShutdownHook(hook);
            output.ready(desk.xrayAddress(), desk.otlpAddress(), desk.httpAddress());
            warnIfOpen(desk);
        }
        reached.await();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The signal came first; the hook is at work, and the JVM waits for it.
            return;
        }
        end(desk);
    }

    private void warnIfOpen(TraceDesk desk) {
        boolean loopback = desk.xrayAddress().getAddress().isLoopbackAddress()
                && desk.otlpAddress().getAddress().isLoopbackAddress()
                && desk.httpAddress().getAddress().isLoopbackAddress();
        if (!loopback) {
            err.println("warning: other machines can reach this desk; anyone who can may send it anything");
        }
    }

    private void end(TraceDesk desk) {
        desk.close();
        if (!full()) {
            desk.showRest();
        }
        err.println(summary(desk.counters()));
        err.flush();
    }

    /** Nothing is shown beyond the limit. */
    @Override
    public synchronized void show(StoredTrace.Showing showing) {
        if (full()) {
            return;
        }
        output.show(showing);
        if (showing.complete() && !showing.again()) {
            finished++;
        }
        // Nobody reads any more (`serve | head -1`): going on would be listening for nothing.
        if (full() || output.broken()) {
            reached.countDown();
        }
    }

    private synchronized boolean full() {
        return limit > 0 && finished >= limit;
    }

    @Override
    public void complain(String line) {
        err.println(line);
    }

    static String summary(DeskCounters counters) {
        String rejected = counters.rejected().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey().code() + " " + entry.getValue())
                .collect(Collectors.joining(", ", " (", ")"));
        return "desk: " + Text.counted(counters.received(), "document") + " received, "
                + counters.rejectedTotal() + " rejected" + (counters.rejectedTotal() == 0 ? "" : rejected) + ", "
                + counters.duplicates() + " duplicate, " + counters.late() + " late; "
                + Text.counted(counters.finished(), "trace") + " finished, " + counters.evicted() + " evicted";
    }
}
