package io.spanloom.desk.filter;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code rootcause.json = #[...]}: one of the trace's root causes, of whatever kind, is like one of these. Lists must have
 * the same length; of an object's fields only those that the expression names count.
 */
final class RootCausePattern implements Predicate<Element> {
    private final boolean wanted;
    private final @Nullable List<@Nullable Object> patterns;

    RootCausePattern(boolean wanted, @Nullable List<@Nullable Object> patterns) {
        this.wanted = wanted;
        this.patterns = patterns;
    }

    @Override
    public boolean test(Element trace) {
        return anyMatches((TraceElement) trace) == wanted;
    }

    private boolean anyMatches(TraceElement trace) {
        for (Cause cause : Cause.values()) {
            for (TraceElement.RootCauseElement candidate : trace.rootCauses(cause)) {
                if (patterns == null || matchesAny(candidate.json(), patterns)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean matchesAny(Object value, List<@Nullable Object> patterns) {
        for (Object pattern : patterns) {
            if (matches(value, pattern)) {
                return true;
            }
        }
        return false;
    }

    /** Recursive: patterns are no deeper than {@link Reader#MAX_DEPTH}. */
    private static boolean matches(@Nullable Object value, @Nullable Object pattern) {
        if (pattern instanceof Map<?, ?> fields) {
            if (!(value instanceof Map<?, ?> map)) {
                return false;
            }
            for (Map.Entry<?, ?> field : fields.entrySet()) {
                if (!matches(map.get(field.getKey()), field.getValue())) {
                    return false;
                }
            }
            return true;
        }
        if (pattern instanceof List<?> items) {
            return value instanceof List<?> list && matchesInOrder(list, items);
        }
        if (pattern instanceof Double number) {
            return value instanceof Number other && other.doubleValue() == number;
        }
        return pattern == null ? value == null : pattern.equals(value);
    }

    private static boolean matchesInOrder(List<?> values, List<?> patterns) {
        if (values.size() != patterns.size()) {
            return false;
        }
        for (int i = 0; i < values.size(); i++) {
            if (!matches(values.get(i), patterns.get(i))) {
                return false;
            }
        }
        return true;
    }
}
