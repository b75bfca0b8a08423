package io.spanloom.desk.page;

import io.spanloom.desk.TraceSpan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All texts of a span, with the way to each. Recursive: values are no deeper than what the readers let through. */
final class SpanValues {
    private SpanValues() {}

    interface Test {
        /** True ends the walk. */
        boolean test(String path, String key, String value);
    }

    static boolean any(TraceSpan span, Test test) {
        if (walk("annotations", "", span.annotations(), test)
                || walk("metadata", "", span.metadata(), test)
                || walk("http", "", span.http(), test)
                || walk("", "", span.details(), test)) {
            return true;
        }
        for (TraceSpan.Thrown thrown : span.exceptions()) {
            if (test.test("exception", "type", thrown.type()) || test.test("exception", "message", thrown.message())) {
                return true;
            }
        }
        return false;
    }

    private static boolean walk(String path, String key, @Nullable Object value, Test test) {
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                String name = String.valueOf(entry.getKey());
                if (walk(path.isEmpty() ? name : path + "." + name, name, entry.getValue(), test)) {
                    return true;
                }
            }
            return false;
        }
        if (value instanceof List<?> items) {
            for (Object item : items) {
                if (walk(path, key, item, test)) {
                    return true;
                }
            }
            return false;
        }
        return value != null && test.test(path, key, value.toString());
    }
}
