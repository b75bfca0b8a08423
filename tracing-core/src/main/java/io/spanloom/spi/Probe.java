package io.spanloom.spi;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks by HTTP whether something is there, for a {@link DoctorCheck}: any answer will do.
 *
 * <pre>{@code
 * Probe.Answer answer = Probe.post(URI.create("http://localhost:4318/v1/traces"), "application/x-protobuf", "", true);
 * findings.ok("acme", "it answers with status " + answer.status());
 * answer.compareClock("acme", findings);
 * }</pre>
 */
public final class Probe {

    /** Of the connection, and of the answer. */
    private static final int TIMEOUT_MILLIS = 1_000;

    /** A {@code Date} header has whole seconds, and has been under way. */
    private static final Duration CLOCK = Duration.ofSeconds(30);

    private Probe() {}

    /**
     * An answer.
     *
     * @param ahead by how much the other's clock is ahead of ours; zero where it did not say
     */
    public record Answer(int status, Duration ahead) {

        /** Says where the clocks differ by more than 30 s: viewers then show spans out of order, or not where they are looked for. */
        public void compareClock(String topic, Findings findings) {
            if (ahead.abs().compareTo(CLOCK) > 0) {
                findings.problem(
                        topic,
                        "TRC-047",
                        "this host's clock is " + ahead.abs().toSeconds() + " s "
                                + (ahead.isNegative() ? "ahead of" : "behind") + " the other's",
                        "let both hosts keep their time by NTP");
            }
        }
    }

    /**
     * Posts a body.
     *
     * @param viaProxy whether the JVM's proxies are used
     * @throws IOException where nobody takes the connection, or answers, within a second each
     */
    public static Answer post(URI uri, String contentType, String body, boolean viaProxy) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                (viaProxy ? uri.toURL().openConnection() : uri.toURL().openConnection(Proxy.NO_PROXY));
        try {
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", contentType);
            connection.setRequestProperty("Connection", "close");
            connection.setDoOutput(true);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            connection.setFixedLengthStreamingMode(bytes.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(bytes);
            }
            int status = connection.getResponseCode();
            if (status < 0) {
                throw new IOException("it does not speak HTTP");
            }
            long date = connection.getDate();
            return new Answer(status, date == 0 ? Duration.ZERO : Duration.ofMillis(date - System.currentTimeMillis()));
        } finally {
            connection.disconnect();
        }
    }
}
