package io.spanloom.desk.summary;

import io.spanloom.desk.TraceSpan;
import io.spanloom.desk.filter.Keyword;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keywords and annotations that any of several spans may answer. */
public final class Texts {
    private Texts() {}

    static boolean any(List<TraceSpan> spans, Keyword keyword, Predicate<String> test) {
        for (TraceSpan span : spans) {
            if (keyword == Keyword.MESSAGE ? anyMessage(span, test) : Entity.passes(of(span, keyword), test)) {
                return true;
            }
        }
        return false;
    }

    static boolean anyAnnotation(List<TraceSpan> spans, String key, Predicate<Object> test) {
        for (TraceSpan span : spans) {
            Object value = span.annotations().get(key);
            if (value != null && test.test(value)) {
                return true;
            }
        }
        return false;
    }

    /** The user, availability zone, instance or resource that a span names. */
    public static @Nullable String of(TraceSpan span, Keyword keyword) {
        Map<String, Object> details = span.details();
        return details.isEmpty()
                ? null
                : switch (keyword) {
                    case USER -> Entity.text(details.get("user"));
                    case RESOURCE_ARN -> Entity.text(details.get("resource_arn"));
                    case INSTANCE_ID -> ec2(details, "instance_id");
                    case AVAILABILITY_ZONE -> ec2(details, "availability_zone");
                    default -> null;
                };
    }

    private static @Nullable String ec2(Map<String, Object> details, String field) {
        return Entity.text(
                Entity.object(Entity.object(details.get("aws")).get("ec2")).get(field));
    }

    private static boolean anyMessage(TraceSpan span, Predicate<String> test) {
        for (TraceSpan.Thrown thrown : span.exceptions()) {
            if (test.test(thrown.message())) {
                return true;
            }
        }
        return false;
    }
}
