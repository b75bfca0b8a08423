package io.spanloom.http;

import io.spanloom.Http;
import org.jspecify.annotations.Nullable;

/** Who sent a request: the first of {@code X-Forwarded-For}, which the proxy nearest to the client writes, else the peer. */
final class ClientAddress {

    /** An IPv6 address with an IPv4 address in it and a zone is no longer than this. */
    private static final int CHARS = 64;

    private ClientAddress() {}

    static Http.Request on(
            Http.Request request, @Nullable String forwarded, @Nullable String peer, HttpSettings settings) {
        String claimed = forwarded == null || !settings.forwardedFor() ? null : first(forwarded);
        return claimed == null ? request.clientIp(peer) : request.forwardedFor(claimed);
    }

    /** The first address of the list, without a port; null where that is no address ({@code unknown}, {@code _hidden}). */
    static @Nullable String first(String header) {
        int comma = header.indexOf(',');
        String first = (comma < 0 ? header : header.substring(0, comma)).trim();
        if (first.startsWith("\"") && first.endsWith("\"") && first.length() > 1) {
            first = first.substring(1, first.length() - 1);
        }
        if (first.startsWith("[")) {
            int end = first.indexOf(']');
            first = end < 0 ? "" : first.substring(1, end);
        } else if (first.indexOf(':') >= 0 && first.indexOf(':') == first.lastIndexOf(':')) {
            first = first.substring(0, first.indexOf(':'));
        }
        return isAddress(first) ? first : null;
    }

    private static boolean isAddress(String text) {
        if (text.isEmpty() || text.length() > CHARS) {
            return false;
        }
        boolean separated = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            separated |= c == '.' || c == ':';
            if (Character.digit(c, 16) < 0 && c != '.' && c != ':') {
                return false;
            }
        }
        return separated;
    }
}
