package io.spanloom.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A URL as it may be kept: without user-info and fragment, its query as {@code tracing.http.query} says. */
final class RecordedUrl {

    private static final String HIDDEN = "***";

    /** Parts of names whose values are never kept; signatures and keys open what the URL names. */
    private static final String[] SECRETS = {
        "pass",
        "secret",
        "token",
        "auth",
        "apikey",
        "api_key",
        "api-key",
        "accesskey",
        "access_key",
        "private",
        "credential",
        "cookie",
        "session",
        "sig",
        "code",
        "jwt",
        "otp"
    };

    private RecordedUrl() {}

    /** A whole URL, as a client has it. */
    static String of(String url, HttpKeys.Query how) {
        int fragment = url.indexOf('#');
        String whole = fragment < 0 ? url : url.substring(0, fragment);
        int mark = whole.indexOf('?');
        String place = path(withoutUserInfo(mark < 0 ? whole : whole.substring(0, mark)));
        return mark < 0 ? place : place + query(whole.substring(mark + 1), how);
    }

    /** A request's URL, from its parts. */
    static String of(String scheme, @Nullable String host, String path, @Nullable String query, HttpKeys.Query how) {
        String place = withoutUserInfo(scheme + "://" + (host == null ? "localhost" : host)) + path(path);
        return query == null ? place : place + query(query, how);
    }

    /** A path without its parameters that are secrets: a servlet container writes {@code ;jsessionid=} into its links. */
    static String path(String path) {
        int from = path.indexOf(';');
        if (from < 0) {
            return path;
        }
        StringBuilder kept = new StringBuilder(path.length()).append(path, 0, from);
        while (from < path.length()) {
            int end = from + 1;
            int equals = -1; // found on the way: who sends the path may send any, and each character is looked at once
            while (end < path.length() && path.charAt(end) != ';' && path.charAt(end) != '/') {
                equals = equals < 0 && path.charAt(end) == '=' ? end : equals;
                end++;
            }
            boolean secret = path.charAt(from) == ';' && equals >= 0 && isSecret(path.substring(from + 1, equals));
            if (!secret) {
                kept.append(path, from, end);
            }
            from = end;
        }
        return kept.toString();
    }

    private static String withoutUserInfo(String url) {
        int scheme = url.indexOf("://");
        int from = scheme < 0 ? 0 : scheme + 3;
        int slash = url.indexOf('/', from);
        int at = url.lastIndexOf('@', slash < 0 ? url.length() : slash);
        return scheme < 0 || at < from ? url : url.substring(0, from) + url.substring(at + 1);
    }

    private static String query(String query, HttpKeys.Query how) {
        if (how == HttpKeys.Query.NONE || query.isEmpty()) {
            return "";
        }
        StringBuilder kept = new StringBuilder(query.length() + 1);
        char before = '?';
        for (int from = 0; from <= query.length(); ) {
            int end = query.indexOf('&', from);
            end = end < 0 ? query.length() : end;
            int equals = query.indexOf('=', from);
            kept.append(before);
            if (equals < 0 || equals > end) {
                // A name alone may be a value: ?eyJhbGciOi
                kept.append(how == HttpKeys.Query.ALL ? query.substring(from, end) : HIDDEN);
            } else {
                String name = query.substring(from, equals);
                boolean hidden = how == HttpKeys.Query.NAMES || isSecret(name);
                kept.append(name).append('=').append(hidden ? HIDDEN : query.substring(equals + 1, end));
            }
            before = '&';
            from = end + 1;
        }
        return kept.toString();
    }

    private static boolean isSecret(String name) {
        String plain = name;
        try {
            plain = URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            // as it is written, then
        }
        String lower = plain.toLowerCase(Locale.ROOT);
        for (String secret : SECRETS) {
            if (lower.contains(secret)) {
                return true;
            }
        }
        return false;
    }
}
