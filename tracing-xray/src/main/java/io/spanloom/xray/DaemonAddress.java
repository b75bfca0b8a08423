package io.spanloom.xray;

/**
 * Where the X-Ray daemon listens for UDP. The host is not resolved here: that may block, and names may move.
 *
 * @param host a name or an address; an IPv6 address without its brackets
 */
record DaemonAddress(String host, int port) {

    /** Where a daemon listens unless told otherwise. */
    static final DaemonAddress DEFAULT = new DaemonAddress("127.0.0.1", 2000);

    static final String ALLOWED = "host:port, or both as 'tcp:host:port udp:host:port', as in 127.0.0.1:2000";

    /**
     * Reads either form of {@code AWS_XRAY_DAEMON_ADDRESS}; of the longer one, segments need the UDP half.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static DaemonAddress parse(String text) {
        String[] words = text.trim().split("\\s+");
        if (words.length == 1) {
            if (isHalf(words[0])) {
                throw new IllegalArgumentException("'tcp:' and 'udp:' go together, separated by a space");
            }
            return ofHostAndPort(words[0]);
        }
        if (words.length != 2) {
            throw new IllegalArgumentException("it has " + words.length + " parts");
        }
        boolean udpFirst = words[0].startsWith("udp:");
        String udp = words[udpFirst ? 0 : 1];
        String tcp = words[udpFirst ? 1 : 0];
        if (!udp.startsWith("udp:") || !tcp.startsWith("tcp:")) {
            throw new IllegalArgumentException("one part must begin 'udp:', the other 'tcp:'");
        }
        ofHostAndPort(tcp.substring(4)); // wrong is wrong, even where it is not used
        return ofHostAndPort(udp.substring(4));
    }

    private static boolean isHalf(String word) {
        return word.matches("(tcp|udp):.*:.*");
    }

    private static DaemonAddress ofHostAndPort(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0 || colon == text.length() - 1) {
            throw new IllegalArgumentException("'" + text + "' is not host:port");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("an IPv6 address stands in brackets, as in [::1]:2000");
        }
        return new DaemonAddress(host, port(text.substring(colon + 1)));
    }

    private static int port(String text) {
        int port;
        try {
            port = Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("'" + text + "' is not a port", notANumber);
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
        return port;
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
