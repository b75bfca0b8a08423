package io.spanloom.e2e.parity;

import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;

/** Traces one small program after the other until it is told to stop: nested, on other threads, ended elsewhere. */
final class TracingWorker implements Runnable {

    private static final SpanSpec JOB = SpanSpec.named("job").kind(SpanKind.CONSUMER);

    private final int number;
    private final Executor others;
    private final Arrivals arrivals;

    /** A phase is a program with all that others do for it. */
    private final Phaser programs = new Phaser(1);

    private volatile boolean stopped;

    TracingWorker(int number, Executor others, Arrivals arrivals) {
        this.number = number;
        this.others = others;
        this.arrivals = arrivals;
    }

    void stop() {
        stopped = true;
    }

    /** Until it has begun and ended one more program. */
    void awaitAnother() throws Exception {
        int now = programs.getPhase(); // begun before
        for (int phase = now; phase <= now + 1 && !programs.isTerminated(); phase++) {
            programs.awaitAdvanceInterruptibly(phase, 60, TimeUnit.SECONDS);
        }
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                arrivals.keepUp();
                program();
                programs.arriveAndAwaitAdvance();
            }
        } finally {
            programs.forceTermination();
        }
    }

    private void program() {
        Span root = begun(Tracing.span(JOB));
        Tracing.run("child", child -> {
            begun(child);
            try (Span grandchild = begun(Tracing.span("grandchild"))) {
                grandchild.annotation("worker", number);
                Thread.yield();
            }
        });
        Span handedOver = begun(Tracing.span("ended elsewhere").detach());
        byOthers(Tracing.wrap(() -> {
            begun(Tracing.span("elsewhere")).close();
            handedOver.close();
        }));
        CompletableFuture<String> later = new CompletableFuture<>();
        Tracing.call("later", span -> {
            begun(span);
            return later;
        });
        if (number % 2 == 0) {
            byOthers(() -> later.complete("after the root, perhaps"));
        } else {
            later.complete("before the root");
        }
        try (Span optional = Tracing.subsegment("where there is a segment")) {
            arrivals.maybe(optional);
        }
        root.close();
        if (Tracing.current() != Span.noop()) {
            throw new IllegalStateException("left on the thread: " + Tracing.current());
        }
    }

    private void byOthers(Runnable task) {
        programs.register();
        others.execute(() -> {
            try {
                task.run();
            } finally {
                programs.arriveAndDeregister();
            }
        });
    }

    private Span begun(Span span) {
        arrivals.expect(span);
        return span;
    }
}
