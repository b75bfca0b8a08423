package io.spanloom.desk;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whom the API listens to, by what the request says of its way here. A web page elsewhere can make a browser send requests to
 * loopback: directly, and then the browser names the page in {@code Origin}; or by a name of its own that it lets point
 * here (DNS rebinding), and then that name is in {@code Host}. Addresses cannot be made to point elsewhere, so they pass.
 */
final class HostRule {
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:.]+]");

    private final Set<String> allowed;

    /** @param names that are allowed besides {@code localhost}, as in {@code --allow-host} */
    HostRule(Set<String> names) {
        allowed = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** What is wrong, or null if nothing is. */
    @Nullable
    String objection(@Nullable String host, @Nullable String origin) {
        if (host == null || host.isEmpty()) {
            return "the request has no Host";
        }
        String name = name(host);
        boolean known = name.equals("localhost")
                || allowed.contains(name)
                || ADDRESS.matcher(name).matches();
        if (!known) {
            return "host " + Text.abbreviated(name, 60) + " is not known here; --allow-host NAME allows one";
        }
        if (origin != null && !host.equalsIgnoreCase(authority(origin))) {
            return "a page of " + Text.abbreviated(origin, 60) + " may not ask this desk";
        }
        return null;
    }

    private static String name(String host) {
        return host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
    }

    private static @Nullable String authority(String origin) {
        try {
            return URI.create(origin).getAuthority();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
