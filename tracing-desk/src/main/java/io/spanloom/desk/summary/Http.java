package io.spanloom.desk.summary;

import io.spanloom.desk.TraceSpan;
import io.spanloom.desk.filter.Keyword;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the {@code http} block of a span says. */
public final class Http {
    private Http() {}

    /** Not a number if none is known. */
    public static double status(TraceSpan span) {
        return field(span, "response", "status") instanceof Number status ? status.doubleValue() : Double.NaN;
    }

    /** Published: the status was 2xx. Where there is no status, none of the flags says otherwise. */
    public static boolean ok(TraceSpan span) {
        double status = status(span);
        return Double.isNaN(status) ? span.ok() : status >= 200 && status < 300;
    }

    public static @Nullable String text(TraceSpan span, Keyword keyword) {
        String name = switch (keyword) {
            case HTTP_URL -> "url";
            case HTTP_METHOD -> "method";
            case HTTP_USER_AGENT -> "user_agent";
            default -> "client_ip";
        };
        return Entity.text(field(span, "request", name));
    }

    private static @Nullable Object field(TraceSpan span, String side, String name) {
        Map<String, Object> fields = span.http().get(side);
        return fields == null ? null : fields.get(name);
    }
}
