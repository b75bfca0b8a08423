package io.spanloom.xray;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Tells an IP address from any other text, without ever asking a name server. */
final class IpAddress {

    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern V6_CHARACTERS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private IpAddress() {}

    static boolean is(String text) {
        return V4.matcher(text).matches()
                || text.indexOf(':') >= 0 && V6_CHARACTERS.matcher(text).matches() && isV6(text);
    }

    private static boolean isV6(String text) {
        try {
            // In brackets, because then only an address is taken, and nothing is looked up.
            return InetAddress.getByName("[" + text + "]") != null;
        } catch (UnknownHostException other) {
            return false;
        }
    }
}
