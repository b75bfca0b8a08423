package io.spanloom.desk.summary;

import io.spanloom.desk.TraceSpan;
import io.spanloom.desk.filter.Keyword;
import io.spanloom.desk.filter.TraceElement;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One service called another: the caller's subsegment, the callee's segment, or one of them alone. How it went is what
 * either says; how long it took, what the caller says, who waited for it.
 */
public final class Call implements TraceElement.EdgeElement {
    private final Entity source;
    private final Entity destination;
    private final TraceSpan caller;
    private final TraceSpan callee;

    /**
     * @param by the span that made the call: a subsegment, or the calling segment itself where there is none
     * @param to the segment that was called, or {@code by} if the callee sent none
     */
    Call(Entity by, Entity to) {
        this.source = by.segment();
        this.destination = to;
        this.callee = to.span();
        this.caller = by.isSegment() ? callee : by.span();
    }

    @Override
    public Entity source() {
        return source;
    }

    @Override
    public Entity destination() {
        return destination;
    }

    @Override
    public boolean flag(Keyword keyword) {
        return switch (keyword) {
            case OK -> Http.ok(callee) && caller.ok();
            case ERROR -> error();
            case THROTTLE -> throttle();
            case FAULT -> fault();
            default -> false;
        };
    }

    public boolean error() {
        return caller.error() || callee.error();
    }

    public boolean throttle() {
        return caller.throttle() || callee.throttle();
    }

    public boolean fault() {
        return caller.fault() || callee.fault();
    }

    /** When the caller began to wait. */
    TraceSpan waiting() {
        return caller;
    }

    /** Epoch seconds. */
    public long startSecond() {
        return caller.start().getEpochSecond();
    }

    public double responseTime() {
        return Seconds.of(caller);
    }

    @Override
    public double number(Keyword keyword) {
        return switch (keyword) {
            case RESPONSE_TIME, DURATION -> responseTime();
            case HTTP_STATUS -> Double.isNaN(Http.status(callee)) ? Http.status(caller) : Http.status(callee);
            default -> Double.NaN;
        };
    }

    @Override
    public boolean anyText(Keyword keyword, Predicate<String> test) {
        if (keyword == Keyword.MESSAGE) {
            return Texts.any(spans(), keyword, test);
        }
        String told = Http.text(callee, keyword);
        @Nullable String value = told == null ? Http.text(caller, keyword) : told;
        return Entity.passes(value, test);
    }

    @Override
    public boolean anyAnnotation(String key, Predicate<Object> test) {
        return Texts.anyAnnotation(spans(), key, test);
    }

    private List<TraceSpan> spans() {
        return caller == callee ? List.of(callee) : List.of(caller, callee);
    }
}
