package io.spanloom.stress;

import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.MemorySpan;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tracing in memory, set up once per JVM: counts how often the spans of interest end, and forgets all others. */
final class Spans {

    private static final Map<Span, Integer> ENDS = new ConcurrentHashMap<>();

    static {
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .service("stress")
                .provider(new Counting())
                .backend("counting")
                .build());
    }

    private Spans() {}

    /** For a race whose first span is none of those below: tracing is set up when this returns. */
    static void setUp() {}

    /** One that is current on this thread; its ends are not counted. */
    static Span open(String name) {
        return Tracing.span(name);
    }

    /** One that is current nowhere, and whose ends are counted. */
    static Span counted() {
        return counted(Tracing.span("race").detach());
    }

    /** Has the span's ends counted from here on. */
    static Span counted(Span span) {
        ENDS.put(span, 0);
        return span;
    }

    /** How often a counted span has been ended; to be asked once. */
    static int ends(Span span) {
        Integer ends = ENDS.remove(span);
        return ends == null ? -1 : ends;
    }

    static boolean isMarkedCancelled(Span span) {
        return span instanceof MemorySpan kept && kept.annotations().containsKey("cancelled");
    }

    static boolean isNothingCurrent() {
        return Tracing.current() == Span.noop();
    }

    private static final class Counting implements BackendProvider {
        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Backend create(TracingConfig config) {
            return new MemoryBackend(
                    name(), config.sampler(), span -> ENDS.computeIfPresent(span, (each, ends) -> ends + 1));
        }
    }
}
