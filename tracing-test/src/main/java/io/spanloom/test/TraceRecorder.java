package io.spanloom.test;

import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.MemorySpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AssertProvider;

/**
 * What was traced while one test ran; a parameter of tests with {@link TracingExtension}.
 *
 * <pre>{@code
 * assertThat(traces).onlyTrace().hasRoot("checkout").hasChild("charge").withFault();
 * assertThat(traces.awaitTraces(2)).hasSize(2);         // work that goes on on other threads
 * }</pre>
 *
 * <p>A span is here once it has ended. Any thread may ask at any time and gets a copy of that moment. Kept in memory
 * without a limit: a recorder lives as long as its test.
 */
public final class TraceRecorder implements AssertProvider<TracesAssert> {

    static final String BACKEND = "recorder";

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final List<MemorySpan> ended = new ArrayList<>();

    TraceRecorder() {}

    BackendProvider provider() {
        return new BackendProvider() {
            @Override
            public String name() {
                return BACKEND;
            }

            @Override
            public Backend create(TracingConfig config) {
                return new MemoryBackend(BACKEND, config.sampler(), TraceRecorder.this::add);
            }
        };
    }

    private synchronized void add(MemorySpan span) {
        ended.add(span);
        notifyAll();
    }

    /** All spans that have ended, in order of their ends. */
    public synchronized List<MemorySpan> spans() {
        return List.copyOf(ended);
    }

    /** The traces of all spans that have ended, in order of the first end in each. */
    public List<RecordedTrace> traces() {
        Map<String, List<MemorySpan>> traces = new LinkedHashMap<>();
        for (MemorySpan span : spans()) {
            traces.computeIfAbsent(span.traceId(), id -> new ArrayList<>()).add(span);
        }
        List<RecordedTrace> recorded = new ArrayList<>();
        traces.forEach((id, spans) -> recorded.add(new RecordedTrace(id, spans)));
        return recorded;
    }

    /**
     * The one trace that there is.
     *
     * @throws AssertionError where there is none, or more than one
     */
    public RecordedTrace onlyTrace() {
        List<RecordedTrace> traces = traces();
        if (traces.size() != 1) {
            throw new AssertionError("expected one trace, but there "
                    + (traces.isEmpty() ? "is none" : "are " + traces.size() + ":\n" + this));
        }
        return traces.get(0);
    }

    /**
     * Waits until at least so many traces are complete (everything that was started in them has ended), for ten seconds.
     *
     * @return all traces
     * @throws AssertionError where that takes longer
     */
    public List<RecordedTrace> awaitTraces(int count) {
        return awaitTraces(count, DEADLINE);
    }

    /** As {@link #awaitTraces(int)}, with a deadline of the caller's own. */
    public synchronized List<RecordedTrace> awaitTraces(int count, Duration deadline) {
        long until = System.nanoTime() + deadline.toNanos();
        while (true) {
            List<RecordedTrace> traces = traces();
            long complete = traces.stream().filter(RecordedTrace::isComplete).count();
            if (complete >= count) {
                return traces;
            }
            long millis = (until - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new AssertionError("expected " + count + " complete traces within " + deadline + ", but there "
                        + (complete == 1 ? "was " : "were ") + complete + ":\n" + this);
            }
            try {
                wait(millis);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + count + " traces", interrupted);
            }
        }
    }

    /**
     * Forgets what was recorded so far, such as what a test's preparations traced. A trace of which only a part is
     * forgotten does not count as complete any more.
     */
    public synchronized void clear() {
        ended.clear();
    }

    @Override
    public TracesAssert assertThat() {
        return new TracesAssert(this);
    }

    /** All traces as trees. */
    @Override
    public String toString() {
        List<RecordedTrace> traces = traces();
        return traces.isEmpty()
                ? "(no traces)"
                : String.join("\n", traces.stream().map(RecordedTrace::toString).toList());
    }
}
