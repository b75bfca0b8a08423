package io.spanloom;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a database server in a form of which every reader tells the same host. Of others, readers differ: Java's
 * {@link java.net.URI} knows no underscores in hosts, and which addresses Go's {@code net/url}, which the collector uses,
 * refuses depends on its version.
 */
final class DatabaseServer {

    private static final String SCHEME = "[A-Za-z][A-Za-z0-9+.-]*:";

    private static final Pattern WITH_HOST = Pattern.compile("(?:jdbc:)?(?:" + SCHEME + ")?//.*", Pattern.DOTALL);

    private static final Pattern CERTAIN = Pattern.compile(
            "((?:jdbc:)?" + SCHEME + "//)(?:[^/?#;]*@)?([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]+)?(?:[/?#;,].*)?",
            Pattern.DOTALL);

    /** Where a host cannot be told: the user before it, and parameters, which may hold a password. */
    private static final Pattern SECRETS = Pattern.compile("(?<=//)[^/?#;]*@|[?#;].*", Pattern.DOTALL);

    private DatabaseServer() {}

    /** The server without a user, and without what follows the port; without a user and parameters where its host cannot be told. */
    static String plain(String server) {
        Matcher matcher = CERTAIN.matcher(server);
        if (!matcher.matches()) {
            return SECRETS.matcher(server).replaceAll("");
        }
        String port = matcher.group(3);
        return matcher.group(1) + matcher.group(2) + (port == null ? "" : port);
    }

    /** Whether everybody finds the same host in it, or none. */
    static boolean isCertain(String server) {
        return !WITH_HOST.matcher(server).matches() || CERTAIN.matcher(server).matches();
    }

    /** The host of a plain server; null where it has none, or none that is certain. */
    static @Nullable String host(String server) {
        Matcher matcher = CERTAIN.matcher(server);
        if (!matcher.matches()) {
            return null;
        }
        String host = matcher.group(2);
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
