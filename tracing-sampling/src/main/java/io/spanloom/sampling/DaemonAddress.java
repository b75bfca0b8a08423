package io.spanloom.sampling;

/**
 * Where the X-Ray daemon (or the collector's {@code awsxray} receiver) listens for TCP. Resolved anew for each call.
 *
 * @param host a name or an address; an IPv6 address without its brackets
 */
record DaemonAddress(String host, int port) {

    static final DaemonAddress DEFAULT = new DaemonAddress("127.0.0.1", 2000);

    static final String ALLOWED = "host:port, or both as 'tcp:host:port udp:host:port', as in 127.0.0.1:2000";

    /**
     * Reads either form of {@code AWS_XRAY_DAEMON_ADDRESS}; of the longer one, sampling needs the TCP half.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static DaemonAddress parse(String text) {
        String[] words = text.trim().split("\\s+");
        if (words.length == 1 && !words[0].startsWith("udp:") && !words[0].startsWith("tcp:")) {
            return ofHostAndPort(words[0]);
        }
        DaemonAddress tcp = null;
        for (String word : words) {
            if (word.startsWith("tcp:")) {
                tcp = ofHostAndPort(word.substring(4));
            } else if (word.startsWith("udp:")) {
                ofHostAndPort(word.substring(4)); // wrong is wrong, even where it is not used
            } else {
                throw new IllegalArgumentException("'" + word + "' begins neither 'tcp:' nor 'udp:'");
            }
        }
        if (tcp == null || words.length != 2) {
            throw new IllegalArgumentException("'tcp:' and 'udp:' go together, separated by a space");
        }
        return tcp;
    }

    private static DaemonAddress ofHostAndPort(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("'" + text + "' is not host:port");
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (bracketed) {
            host = host.substring(1, host.length() - 1);
        }
        if (!host.matches(bracketed ? "[0-9A-Fa-f:.%]+" : "[^\\s:/?#@\\[\\]]+")) {
            throw new IllegalArgumentException("'" + host + "' is not a host");
        }
        String port = text.substring(colon + 1);
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not '" + port + "'");
        }
        return new DaemonAddress(host, Integer.parseInt(port));
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
