package io.spanloom.sampling;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Posts to the daemon's TCP port, which signs what it is sent and hands it to the X-Ray service. */
final class DaemonClient implements Daemon {

    private final DaemonAddress address;
    private final int timeoutMillis;

    /** @param timeout of the connection and of each read; the whole answer may take three times as long */
    DaemonClient(DaemonAddress address, Duration timeout) {
        this.address = address;
        this.timeoutMillis = (int) timeout.toMillis();
    }

    @Override
    public JsonValue post(String path, String json) throws IOException {
        long deadline = System.nanoTime() + 3L * timeoutMillis * 1_000_000;
        // Past the JVM's proxies: the daemon is a neighbour.
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://" + address + path).toURL().openConnection(Proxy.NO_PROXY);
        try {
            connection.setConnectTimeout(timeoutMillis);
            connection.setReadTimeout(timeoutMillis);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/json");
            // Every few seconds: a connection that is kept would often be a dead one, and statistics be sent twice.
            connection.setRequestProperty("Connection", "close");
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("the answer's status is " + status);
            }
            try (InputStream in = connection.getInputStream()) {
                return JsonValue.read(read(in, deadline));
            }
        } finally {
            connection.disconnect();
        }
    }

    /** Bounded in size and in time: an answer that trickles is none. */
    private static byte[] read(InputStream in, long deadline) throws IOException {
        java.io.ByteArrayOutputStream answer = new java.io.ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            answer.write(buffer, 0, count);
            if (answer.size() > JsonValue.MAX_BYTES) {
                throw new IOException("the answer is larger than " + JsonValue.MAX_BYTES + " bytes");
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("the answer takes too long");
            }
        }
        return answer.toByteArray();
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
