package io.spanloom.desk;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Map;

/** Addresses as people write and read them. */
final class Addresses {
    private static final int MAX_PORT = 65_535;

    private Addresses() {}

    /**
     * Reads {@code HOST:PORT}, with IPv6 hosts in brackets.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("it has no port");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("an IPv6 host needs brackets");
        }
        if (host.isEmpty()) {
            throw new IllegalArgumentException("it has no host");
        }
        InetSocketAddress address = new InetSocketAddress(host, port(text.substring(colon + 1)));
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("host \"" + host + "\" is not known");
        }
        return address;
    }

    private static int port(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = digits ? Integer.parseInt(text) : -1;
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("\"" + text + "\" is no port (0 to " + MAX_PORT + ")");
        }
        return port;
    }

    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** For the page. */
    static Map<String, String> named(InetSocketAddress xray, InetSocketAddress otlp, InetSocketAddress http) {
        return Map.of("xray", text(xray), "otlp", text(otlp), "http", text(http));
    }

    /** Why listening failed and what helps. */
    static String explain(
            String what, String option, String usualCulprit, InetSocketAddress address, IOException cause) {
        if (cause instanceof BindException && String.valueOf(cause.getMessage()).contains("in use")) {
            return what + " port " + address.getPort() + " on "
                    + address.getAddress().getHostAddress() + " is already in use, most likely by " + usualCulprit
                    + ". Stop that, or give the desk another port: " + option + " 127.0.0.1:0 takes any free one.";
        }
        return "cannot listen on " + what + " " + text(address) + " (" + option + "): " + cause.getMessage();
    }
}
