package io.spanloom.rollbar;

import com.rollbar.api.payload.Payload;
import com.rollbar.notifier.sender.Sender;
import com.rollbar.notifier.sender.json.JsonSerializer;
import com.rollbar.notifier.sender.json.JsonSerializerImpl;
import com.rollbar.notifier.sender.listener.SenderListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Posts one report, within limits of time, which rollbar-java's own sender does not set, and without a line in the log for
 * each that fails. For one thread; what became of the last report is asked of it afterwards.
 */
final class RollbarSender implements Sender {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 5_000;

    private final URI endpoint;
    private final String token;
    private final JsonSerializer json = new JsonSerializerImpl();
    private volatile @Nullable HttpURLConnection open;
    private volatile boolean closed;
    private volatile int status;

    RollbarSender(URI endpoint, String token) {
        this.endpoint = endpoint;
        this.token = token;
    }

    /** The HTTP status that the last report was answered with; 0 where it was not. */
    int status() {
        return status;
    }

    /** Before the next report. */
    void forget() {
        status = 0;
    }

    @Override
    public void send(Payload payload) {
        try {
            status = post(payload);
        } catch (IOException unanswered) {
            status = 0;
        }
    }

    private int post(Payload payload) throws IOException {
        byte[] body = json.toJson(payload).getBytes(StandardCharsets.UTF_8);
        HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
        open = connection;
        try {
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setInstanceFollowRedirects(false); // nobody else gets the token
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/json; charset=UTF-8");
            connection.setRequestProperty("Accept", "application/json");
            connection.setRequestProperty("X-Rollbar-Access-Token", token);
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.length);
            if (closed) {
                throw new IOException("closed");
            }
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
            int answered = connection.getResponseCode();
            readAnswer(connection, answered);
            return answered;
        } finally {
            open = null;
        }
    }

    /** So that the connection can serve the next report; what the answer says beyond its status interests nobody. */
    private static void readAnswer(HttpURLConnection connection, int status) throws IOException {
        try (InputStream answer = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            if (answer != null) {
                answer.readNBytes(10_000);
            }
        }
    }

    @Override
    public void addListener(SenderListener listener) {}

    @Override
    public List<SenderListener> getListeners() {
        return List.of();
    }

    @Override
    public void close(boolean wait) {
        close();
    }

    /** Ends what is being sent, too. */
    @Override
    public void close() {
        closed = true;
        HttpURLConnection sending = open;
        if (sending != null) {
            sending.disconnect();
        }
    }
}
