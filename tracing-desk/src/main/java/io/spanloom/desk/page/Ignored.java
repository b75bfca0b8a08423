package io.spanloom.desk.page;

import io.spanloom.desk.TraceSpan;
import io.spanloom.desk.filter.Keyword;
import io.spanloom.desk.summary.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody does not want to see in the list, such as health checks: patterns, each for a whole name of an entry, a whole
 * URL, or a URL's path. {@code *} stands for anything, {@code ?} for a character; case does not matter.
 */
final class Ignored {
    private static final int MAX_PATTERNS = 50;
    private static final int MAX_LENGTH = 300;
    private static final Pattern PATH = Pattern.compile("[a-zA-Z]+://[^/?#]*([^?#]*).*", Pattern.DOTALL);

    private final List<String> patterns = new ArrayList<>();

    private Ignored() {}

    /** One pattern a line. */
    static Ignored of(String text) {
        Ignored ignored = new Ignored();
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(ignored::add);
        return ignored;
    }

    private void add(String pattern) {
        if (patterns.size() == MAX_PATTERNS || pattern.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "at most " + MAX_PATTERNS + " patterns of " + MAX_LENGTH + " characters can be ignored");
        }
        patterns.add(pattern.toLowerCase(Locale.ROOT));
    }

    boolean test(TraceSpan entry) {
        if (patterns.isEmpty()) {
            return false;
        }
        String url = Http.text(entry, Keyword.HTTP_URL);
        return matches(entry.name()) || (url != null && (matches(url) || matches(path(url))));
    }

    private boolean matches(@Nullable String text) {
        if (text == null) {
            return false;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return patterns.stream().anyMatch(pattern -> matches(pattern, lower));
    }

    private static @Nullable String path(String url) {
        Matcher matcher = PATH.matcher(url);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /** In time proportional to both lengths multiplied, without recursion. */
    static boolean matches(String pattern, String text) {
        int p = 0;
        int star = -1;
        int from = 0;
        for (int t = 0; t < text.length(); ) {
            char wanted = p < pattern.length() ? pattern.charAt(p) : 0;
            if (p < pattern.length() && wanted == '*') {
                star = p++;
                from = t;
            } else if (p < pattern.length() && (wanted == '?' || wanted == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++from;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
