package io.spanloom.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * W3C Trace Context's {@code tracestate}: what other systems say of the trace, {@code key=value} separated by commas. It is
 * passed on in its order, or, where any of it is malformed, not at all (section 3.3.1).
 */
public final class TraceState {

    public static final String NAME = "tracestate";

    /** Section 3.3.1.1: more make the whole invalid. */
    private static final int MEMBERS = 32;

    /** Section 3.3.1.3.1, for a key without and with a tenant: {@code key}, {@code tenant@system}. */
    private static final int KEY_CHARS = 256;

    private static final int TENANT_CHARS = 241;
    private static final int SYSTEM_CHARS = 14;

    /** Section 3.3.1.3.2. */
    private static final int VALUE_CHARS = 256;

    /** Section 3.3.1.5 asks that at least so many characters are passed on; what is beyond them is left out. */
    private static final int PASSED_CHARS = 512;

    /** Members longer than this are the first to be left out, as the same section says. */
    private static final int LONG_MEMBER_CHARS = 128;

    /** As many as the members at their longest need, with some blanks; more is not looked at. */
    private static final int READ_CHARS = MEMBERS * (KEY_CHARS + VALUE_CHARS + 8);

    private TraceState() {}

    /** What goes on of a header; null where nothing does. */
    public static @Nullable String passable(@Nullable String header) {
        if (header == null || header.length() > READ_CHARS) {
            return null;
        }
        List<String> members = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (int from = 0; from <= header.length(); ) {
            int comma = header.indexOf(',', from);
            int end = comma < 0 ? header.length() : comma;
            String member = withoutBlanks(header, from, end);
            from = end + 1;
            if (member.isEmpty()) {
                continue;
            }
            int equals = member.indexOf('=');
            boolean valid = equals > 0
                    && isKey(member.substring(0, equals))
                    && isValue(member.substring(equals + 1))
                    && keys.add(member.substring(0, equals));
            if (!valid || members.size() == MEMBERS) {
                return null;
            }
            members.add(member);
        }
        shorten(members);
        return members.isEmpty() ? null : String.join(",", members);
    }

    private static void shorten(List<String> members) {
        int chars = members.stream().mapToInt(member -> member.length() + 1).sum() - 1;
        for (int i = members.size() - 1; i >= 0 && chars > PASSED_CHARS; i--) {
            if (members.get(i).length() > LONG_MEMBER_CHARS) {
                chars -= members.remove(i).length() + 1;
            }
        }
        while (chars > PASSED_CHARS) {
            chars -= members.remove(members.size() - 1).length() + 1;
        }
    }

    private static String withoutBlanks(String text, int from, int to) {
        int begin = from;
        int end = to;
        while (begin < end && isBlank(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isKey(String key) {
        int at = key.indexOf('@');
        if (at < 0) {
            return isPart(key, KEY_CHARS) && isLetterOrDigit(key.charAt(0));
        }
        String tenant = key.substring(0, at);
        String system = key.substring(at + 1);
        return isPart(tenant, TENANT_CHARS)
                && isLetterOrDigit(tenant.charAt(0))
                && isPart(system, SYSTEM_CHARS)
                && isLetter(system.charAt(0));
    }

    private static boolean isPart(String part, int longest) {
        return !part.isEmpty()
                && part.length() <= longest
                && part.chars()
                        .allMatch(c -> isLetterOrDigit((char) c) || c == '_' || c == '-' || c == '*' || c == '/');
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isLetterOrDigit(char c) {
        return isLetter(c) || c >= '0' && c <= '9';
    }

    private static boolean isValue(String value) {
        return !value.isEmpty()
                && value.length() <= VALUE_CHARS
                && value.chars().allMatch(c -> c >= 0x20 && c <= 0x7e && c != '=');
    }
}
