package io.spanloom.e2e.parity;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The host that Go's {@code net/url} finds in a database's address, for addresses in which every version finds the same. */
final class GoUrl {

    private static final Pattern WITH_AUTHORITY = Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*:)?//.*", Pattern.DOTALL);
    private static final Pattern CLEAR =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+))(?::[0-9]+)?");

    private GoUrl() {}

    static String host(String server) {
        String url = server.startsWith("jdbc:") ? server.substring(5) : server;
        if (!WITH_AUTHORITY.matcher(url).matches()) {
            return "";
        }
        Matcher clear = CLEAR.matcher(url);
        if (!clear.matches()) {
            throw new IllegalStateException(
                    "which host this names depends on the version of Go: " + Literal.of(server));
        }
        return clear.group(1) != null ? clear.group(1) : clear.group(2);
    }
}
