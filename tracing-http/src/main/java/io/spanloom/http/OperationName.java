package io.spanloom.http;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request's span is called: few names for many paths. */
final class OperationName {

    /** Of RFC 9110 and RFC 5789. Anybody may send any other: those share one name. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private OperationName() {}

    /**
     * {@code GET /api/activities/:handle}.
     *
     * @param route as the framework writes it, with {@code {handle}}, which X-Ray allows in no name; null where it is not
     *     known
     */
    static String of(@Nullable String method, @Nullable String route) {
        String known = method != null && METHODS.contains(method) ? method : "HTTP";
        return route == null || route.isEmpty() ? known : known + " " + colons(route);
    }

    private static String colons(String route) {
        if (route.indexOf('{') < 0) {
            return route;
        }
        StringBuilder name = new StringBuilder(route.length());
        int depth = 0;
        boolean pattern = false;
        for (int i = 0; i < route.length(); i++) {
            char c = route.charAt(i);
            if (c == '{') {
                if (depth++ == 0) {
                    name.append(':');
                    pattern = false;
                }
            } else if (c == '}' && depth > 0) {
                depth--;
            } else if (depth > 0 && c == ':') {
                pattern = true; // {id:[0-9]+}
            } else if (!pattern || depth == 0) {
                name.append(c);
            }
        }
        return name.toString();
    }
}
