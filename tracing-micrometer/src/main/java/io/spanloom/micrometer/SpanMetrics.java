package io.spanloom.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.spanloom.Outcome;
import io.spanloom.SpanKind;
import io.spanloom.spi.Reporter;
import io.spanloom.spi.SpanListener;
import io.spanloom.spi.SpanView;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Rate, errors and duration of every operation that is traced, whether its trace is sampled or not: a {@link Timer}
 * {@value #TIMER} with the tags {@code name}, {@code kind} and {@code outcome} ({@code ok}, {@code error}, {@code throttle},
 * {@code fault}).
 *
 * <pre>{@code
 * SpanListeners.add(SpanMetrics.to(meterRegistry));
 * }</pre>
 *
 * <p>Names of spans should be few; should they not be, the registry is kept from it: after {@value #NAMES} names the spans of
 * further ones are all counted under the name {@value #OTHER}, each in {@value #OVERFLOW} as well, and it is said (TRC-285).
 *
 * <p>May be told from any thread. Nothing here is null.
 */
public final class SpanMetrics implements SpanListener {

    /** The timer's name; {@code spanloom_span_seconds} in Prometheus. */
    public static final String TIMER = "spanloom.span";

    /** Counts the spans whose name came too late to get a timer of its own. */
    public static final String OVERFLOW = "spanloom.span.overflow";

    /** What further names are counted as. */
    public static final String OTHER = "(other)";

    /** So many names get timers of their own: with a few outcomes each, what a registry is content with. */
    public static final int NAMES = 500;

    private static final int OUTCOMES = Outcome.values().length;

    private final MeterRegistry registry;
    private final int limit;
    private final Map<String, Timers> known = new ConcurrentHashMap<>();
    private final AtomicInteger names = new AtomicInteger();
    private final Timers other = new Timers(OTHER);
    private volatile @Nullable Counter overflow;

    private SpanMetrics(MeterRegistry registry, int limit) {
        this.registry = registry;
        this.limit = limit;
    }

    /** A listener that records in the registry. */
    public static SpanMetrics to(MeterRegistry registry) {
        return to(registry, NAMES);
    }

    /** As {@link #to(MeterRegistry)}, with another limit. */
    public static SpanMetrics to(MeterRegistry registry, int names) {
        return new SpanMetrics(Objects.requireNonNull(registry, "registry"), Math.max(0, names));
    }

    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public void onEnd(SpanView span) {
        timers(span.name()).of(span.kind(), span.outcome()).record(span.durationNanos(), TimeUnit.NANOSECONDS);
    }

    private Timers timers(String name) {
        Timers timers = known.get(name);
        if (timers != null) {
            return timers;
        }
        if (names.get() < limit) {
            Timers fresh = new Timers(name);
            Timers first = known.putIfAbsent(name, fresh);
            if (first == null) {
                names.incrementAndGet();
            }
            return first == null ? fresh : first;
        }
        return tooMany();
    }

    private Timers tooMany() {
        Counter counter = overflow;
        if (counter == null) {
            counter = Counter.builder(OVERFLOW)
                    .description("Spans whose name came too late to have a timer of its own")
                    .register(registry);
            overflow = counter;
            Reporter.warn(
                    "TRC-285",
                    "spans have more than " + limit + " names: those of further names are metrics of the name "
                            + OTHER);
        }
        counter.increment();
        return other;
    }

    /** Of one name: the few that it has. */
    private final class Timers {
        private final String name;
        private final @Nullable Timer[] timers = new @Nullable Timer[SpanKind.values().length * OUTCOMES];

        Timers(String name) {
            this.name = name;
        }

        /** Two threads may both make it: the registry gives them the same. */
        Timer of(SpanKind kind, Outcome outcome) {
            int index = kind.ordinal() * OUTCOMES + outcome.ordinal();
            Timer timer = timers[index];
            if (timer == null) {
                timer = Timer.builder(TIMER)
                        .description("Operations that are traced")
                        .tags("name", name, "kind", word(kind), "outcome", word(outcome))
                        .register(registry);
                timers[index] = timer;
            }
            return timer;
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
