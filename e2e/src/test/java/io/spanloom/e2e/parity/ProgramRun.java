package io.spanloom.e2e.parity;

import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import io.spanloom.spi.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of a program on whatever backend is in force. At its end every span is closed, the last one first. */
final class ProgramRun {

    /** A span that records, by its ids. */
    record Started(String traceId, String spanId) {}

    private final List<Step> steps;
    private final Map<Integer, Span> spans = new HashMap<>();
    private final Map<Integer, TraceContext> contexts = new HashMap<>();
    private final Map<Thrown, Throwable> throwables = new IdentityHashMap<>();
    private final List<Span> open = new ArrayList<>();
    private final List<Started> started = new ArrayList<>();
    private final List<String> traces = new ArrayList<>();
    private final String traceEnd = Ids.spanId(Ids.newSpanId());
    private int next;
    private int depth;

    private ProgramRun(List<Step> steps) {
        this.steps = steps;
    }

    static ProgramRun of(Program program) {
        ProgramRun run = new ProgramRun(program.steps());
        while (run.next < run.steps.size()) {
            run.steps.get(run.next++).on(run);
        }
        for (int i = run.open.size() - 1; i >= 0; i--) {
            run.open.get(i).close();
        }
        return run;
    }

    /** The recording spans in the order of their start. */
    List<Started> started() {
        return started;
    }

    /** The ids of traces, other than those of recording spans, that this run made up. */
    List<String> traces() {
        return traces;
    }

    Span span(int slot) {
        return spans.getOrDefault(slot, Span.noop());
    }

    void started(int slot, Span span) {
        spans.put(slot, span);
        open.add(span);
        if (span.isRecording()) {
            started.add(new Started(span.traceId(), span.spanId()));
        }
    }

    void close(int slot, @Nullable Throwable thrown) {
        Span span = spans.get(slot);
        if (span != null) {
            span.close(thrown);
            open.remove(span);
        }
    }

    /** The same object for the same description, as an exception that passes through several spans is. */
    @Nullable
    Throwable throwable(@Nullable Thrown thrown) {
        return thrown == null ? null : throwables.computeIfAbsent(thrown, Thrown::make);
    }

    String traceFrom(String start) {
        String trace = start + traceEnd;
        traces.add(trace);
        return Ids.toXRay(trace);
    }

    void capture(int slot) {
        contexts.put(slot, Tracing.capture());
    }

    void enter(int slot) {
        TraceContext context = contexts.get(slot);
        if (context != null && depth < 3) {
            elsewhere(() -> context.run(this::untilLeave));
        }
    }

    void leave() {
        // Read by untilLeave; without an Enter before it, it does nothing.
    }

    private void untilLeave() {
        depth++;
        while (next < steps.size()) {
            Step step = steps.get(next++);
            if (step instanceof Step.Leave) {
                break;
            }
            step.on(this);
        }
        depth--;
    }

    void elsewhere(Runnable work) {
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(work, "elsewhere");
        thread.setUncaughtExceptionHandler((t, thrown) -> failure[0] = thrown);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (failure[0] != null) {
            throw new IllegalStateException("the program failed on another thread", failure[0]);
        }
    }
}
