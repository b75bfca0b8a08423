package io.spanloom.http;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line of the request log: {@code 127.0.0.1 GET http /api/activities/home 200}. The timestamp is the log's own. */
final class RequestLine {

    /** Longer paths are cut: anybody may send any. */
    private static final int CHARS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger("io.spanloom.http.requests");

    private RequestLine() {}

    static void log(
            @Nullable String client,
            @Nullable String method,
            @Nullable String scheme,
            @Nullable String path,
            @Nullable String query,
            int status) {
        try {
            if (LOG.isInfoEnabled()) {
                String target = path == null ? "-" : path;
                String url = query == null
                        ? RecordedUrl.path(target)
                        : RecordedUrl.of(
                                target + "?" + query, HttpSettings.current().query());
                LOG.info("{} {} {} {} {}", shown(client), shown(method), shown(scheme), shown(url), status);
            }
        } catch (Throwable thrown) {
            Guard.refused("log a request", thrown);
        }
    }

    /** What a request brings begins no line of its own. */
    private static String shown(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "-";
        }
        StringBuilder line = new StringBuilder(Math.min(text.length(), CHARS));
        for (int i = 0; i < Math.min(text.length(), CHARS); i++) {
            char c = text.charAt(i);
            line.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? '?' : c);
        }
        return line.toString();
    }
}
