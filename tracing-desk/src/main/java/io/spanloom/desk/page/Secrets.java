package io.spanloom.desk.page;

import io.spanloom.desk.TraceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Values that look like something nobody wants in a trace: keys, tokens, card numbers. A hint, not a verdict: what looks
 * harmless may be a secret all the same.
 */
final class Secrets {
    private static final int MAX_TESTED = 4_096;
    private static final int MAX_FOUND = 20;

    private static final Pattern KEY = Pattern.compile(
            "(?i).*(passw(or)?d|passphrase|secret|api[-_.]?key|access[-_.]?token|authorization|cookie).*");

    /** What hides the value already. */
    private static final Pattern HIDDEN =
            Pattern.compile("(?i)[*x.•\\[\\]<>()\\s-]*|.{0,2}(redacted|masked|hidden|removed).{0,2}");

    /** Possessive or bounded throughout: the values come from strangers. */
    private static final Pattern VALUE = Pattern.compile("\\b(AKIA|ASIA)[A-Z0-9]{16}\\b"
            + "|\\beyJ[A-Za-z0-9_-]{8,500}+\\.[A-Za-z0-9_-]{8,2000}+\\."
            + "|\\bgh[pousr]_[A-Za-z0-9]{30}"
            + "|\\bxox[abprs]-[A-Za-z0-9-]{10}"
            + "|\\bsk_live_[A-Za-z0-9]{10}"
            + "|-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----"
            + "|(?i:\\bbearer [a-z0-9._~+/-]{16})"
            + "|(?i:\\bbasic [a-z0-9+/]{12})"
            + "|://[^/\\s:@]{1,100}:[^/\\s:@]{1,100}@");

    private static final Pattern DIGITS =
            Pattern.compile("(?<![0-9A-Za-z.-])[0-9](?:[ -]?[0-9]){12,18}(?![0-9A-Za-z-])");

    private Secrets() {}

    static boolean found(TraceSpan span) {
        return SpanValues.any(span, (path, key, value) -> suspicious(key, value));
    }

    /** The ways to the values, such as {@code annotations.token}. */
    static List<String> of(TraceSpan span) {
        List<String> paths = new ArrayList<>();
        SpanValues.any(span, (path, key, value) -> {
            if (suspicious(key, value) && !paths.contains(path)) {
                paths.add(path);
            }
            return paths.size() == MAX_FOUND;
        });
        return paths;
    }

    static boolean suspicious(String key, String value) {
        if (value.length() < 4) {
            return false;
        }
        String head = value.length() > MAX_TESTED ? value.substring(0, MAX_TESTED) : value;
        boolean named = key.length() <= 100 && KEY.matcher(key).matches() && !isPlain(head);
        return (named && !HIDDEN.matcher(head).matches())
                || (mayHold(head) && VALUE.matcher(head).find())
                || card(head);
    }

    /** Flags and figures about a secret are none: {@code passwordChanged = true}. */
    private static boolean isPlain(String value) {
        return value.equals("true")
                || value.equals("false")
                || value.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.');
    }

    /** Nearly no value does, and this is asked of every value of a trace. */
    private static boolean mayHold(String value) {
        return value.length() >= 16 || value.indexOf('@') > 0;
    }

    private static boolean card(String value) {
        if (value.length() < 13 || value.length() > 200) {
            return false;
        }
        var matcher = DIGITS.matcher(value);
        while (matcher.find()) {
            String digits = matcher.group().replaceAll("[ -]", "");
            // Numbers of cards begin with 3 to 6; times in milli- to nanoseconds and most counters do not.
            if (digits.charAt(0) >= '3' && digits.charAt(0) <= '6' && luhn(digits)) {
                return true;
            }
        }
        return false;
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
