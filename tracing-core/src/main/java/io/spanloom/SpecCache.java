package io.spanloom;

import io.spanloom.SpanSpec.Placement;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Specs of spans that are named by a string at every call; bounded, for a name may hold an id. */
final class SpecCache {

    /** Enough for every name written in a program; a name that is made up at run time is described anew each time. */
    private static final int LIMIT = 1_024;

    /** Longer than any name that is kept whole: a name that long is no constant. */
    private static final int NAME_CHARS = 200;

    private final ConcurrentMap<String, SpanSpec> specs = new ConcurrentHashMap<>();
    private final Placement placement;
    private final SpanKind kind;

    SpecCache(Placement placement, SpanKind kind) {
        this.placement = placement;
        this.kind = kind;
    }

    SpanSpec named(@Nullable String name) {
        String given = name == null ? "span" : name;
        SpanSpec known = specs.get(given);
        if (known != null) {
            return known;
        }
        SpanSpec spec = SpanSpec.named(given).placement(placement).kind(kind);
        if (specs.size() < LIMIT && given.length() <= NAME_CHARS) {
            specs.putIfAbsent(given, spec);
        }
        return spec;
    }
}
