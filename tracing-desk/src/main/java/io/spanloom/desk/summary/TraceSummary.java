package io.spanloom.desk.summary;

import io.spanloom.desk.TraceSpan;
import io.spanloom.desk.filter.Cause;
import io.spanloom.desk.filter.Keyword;
import io.spanloom.desk.filter.TraceElement;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A trace as lists, filters and graphs see it.
 *
 * <pre>{@code TraceSummary summary = TraceSummary.of(traceId, spans);}</pre>
 *
 * <p>How a trace went is how its entry went: an error further down that was handled is found by {@code service() { error }},
 * as published. Its response time is the entry's, its duration lasts until the last span's end. Immutable from outside
 * and safe for use by several threads.
 */
public final class TraceSummary implements TraceElement {
    private final String traceId;
    private final List<TraceSpan> spans;
    private final List<Entity> services;
    private final List<Call> calls;
    private final Entity entry;
    private final boolean partial;
    private final double duration;
    private final long startMicros;
    private final boolean ok;
    private final double status;
    private final @Nullable String url;

    /** Asked for rarely and made when asked; making them twice does no harm. */
    private @Nullable List<RootCause> @Nullable [] causes;

    private TraceSummary(String traceId, List<TraceSpan> spans, SpanForest forest) {
        this.traceId = traceId;
        this.spans = spans;
        this.entry = forest.entry();
        this.services = forest.services();
        this.calls = forest.calls();
        this.partial = spans.stream().anyMatch(TraceSpan::inProgress);
        this.duration = Seconds.whole(spans);
        this.ok = Http.ok(entry.span());
        this.status = Http.status(entry.span());
        this.url = Http.text(entry.span(), Keyword.HTTP_URL);
        this.startMicros = spans.stream()
                .mapToLong(span -> Seconds.micros(span.start()))
                .min()
                .orElse(0);
    }

    /** @param spans of one trace, not empty, each id once */
    public static TraceSummary of(String traceId, Collection<TraceSpan> spans) {
        SpanForest forest = SpanForest.of(spans);
        return new TraceSummary(traceId, List.copyOf(spans), forest);
    }

    /** 32 lower-case hex digits. */
    public String traceId() {
        return traceId;
    }

    public List<TraceSpan> spans() {
        return spans;
    }

    /** The first segment that nobody of this trace called; a subsegment if there is no segment at all. */
    public Entity entry() {
        return entry;
    }

    /** Epoch seconds. */
    public double start() {
        return startMicros / 1e6;
    }

    /** Seconds; not a number if nothing has ended. */
    public double duration() {
        return duration;
    }

    /** Something in it has not ended. */
    public boolean partial() {
        return partial;
    }

    @Override
    public List<Entity> services() {
        return services;
    }

    @Override
    public List<Call> edges() {
        return calls;
    }

    @Override
    public List<RootCause> rootCauses(Cause cause) {
        @Nullable List<RootCause> @Nullable [] known = causes;
        if (known == null) {
            known = newCauses();
            causes = known;
        }
        List<RootCause> found = known[cause.ordinal()];
        if (found == null) {
            found = RootCauses.of(cause, entry, services);
            known[cause.ordinal()] = found;
        }
        return Objects.requireNonNull(found);
    }

    @SuppressWarnings("unchecked") // no generic arrays otherwise
    private static @Nullable List<RootCause>[] newCauses() {
        return (@Nullable List<RootCause>[]) new List<?>[Cause.values().length];
    }

    @Override
    public boolean flag(Keyword keyword) {
        return switch (keyword) {
            case OK -> ok;
            case PARTIAL -> partial;
            case INFERRED -> services.stream().anyMatch(Entity::inferred);
            default -> entry.flag(keyword);
        };
    }

    @Override
    public double number(Keyword keyword) {
        return switch (keyword) {
            case DURATION -> duration;
            case HTTP_STATUS -> status;
            default -> entry.number(keyword);
        };
    }

    @Override
    public boolean anyText(Keyword keyword, Predicate<String> test) {
        return switch (keyword) {
            case NAME, TYPE -> {
                for (Entity service : services) {
                    if (service.anyText(keyword, test)) {
                        yield true;
                    }
                }
                yield false;
            }
            case HTTP_URL -> Entity.passes(url, test);
            case HTTP_METHOD, HTTP_USER_AGENT, HTTP_CLIENT_IP -> entry.anyText(keyword, test);
            default -> Texts.any(spans, keyword, test);
        };
    }

    @Override
    public boolean anyAnnotation(String key, Predicate<Object> test) {
        return Texts.anyAnnotation(spans, key, test);
    }

    /** Each span of a segment, with the node that it belongs to; in time proportional to their number. */
    public void forEachMember(BiConsumer<Entity, TraceSpan> action) {
        for (Entity service : services) {
            if (!service.inferred()) {
                service.members().forEach(span -> action.accept(service, span));
            }
        }
    }
}
