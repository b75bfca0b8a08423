package io.spanloom.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A running desk as the command line reaches it: over HTTP, on this machine or by a name that the desk allows. */
final class DeskClient {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 60_000;
    private static final ObjectMapper JSON = new ObjectMapper(JsonValues.FACTORY);

    private final InetSocketAddress address;

    DeskClient(InetSocketAddress address) {
        this.address = address;
    }

    /** @throws CommandFailure saying why there is no answer */
    JsonNode get(String path, Map<String, String> query) {
        String answer = getText(path, query);
        try {
            return JSON.readTree(answer);
        } catch (IOException e) {
            throw noDesk();
        }
    }

    /** As {@link #get}, the answer's text. */
    String getText(String path, Map<String, String> query) {
        StringBuilder target = new StringBuilder(DeskApi.PREFIX).append(path);
        char separator = '?';
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            if (!parameter.getValue().isEmpty()) {
                target.append(separator)
                        .append(parameter.getKey())
                        .append('=')
                        .append(URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
                separator = '&';
            }
        }
        return new String(send(address, target.toString(), null), StandardCharsets.UTF_8);
    }

    /** Posts to the X-Ray API. */
    JsonNode post(String path, Object body) {
        try {
            return JSON.readTree(send(address, path, JSON.writeValueAsBytes(body)));
        } catch (IOException e) {
            throw noDesk();
        }
    }

    /** Posts OTLP in JSON to where the desk takes it. */
    void postOtlp(String json) {
        InetSocketAddress otlp =
                Addresses.parse(get("info", Map.of()).path("otlp").asText());
        // A desk in a container says where it listens there; from outside it is where the rest of it is.
        String host = otlp.getAddress().isAnyLocalAddress() ? address.getHostString() : otlp.getHostString();
        send(new InetSocketAddress(host, otlp.getPort()), "/v1/traces", json.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] send(InetSocketAddress to, String target, byte @Nullable [] body) {
        String host = to.getHostString();
        String authority = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + to.getPort();
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://" + authority + target).toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            if (body != null) {
                connection.setRequestProperty("Content-Type", "application/json");
                connection.setDoOutput(true);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body);
                }
            }
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw refused(status, connection);
            }
            try (InputStream in = connection.getInputStream()) {
                return in.readAllBytes();
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    CommandFailure.FAILED,
                    "no desk answers at " + authority + " (" + e.getMessage()
                            + "). Start one with: tracing-desk serve, or say where it is: --desk HOST:PORT");
        }
    }

    private CommandFailure refused(int status, HttpURLConnection connection) throws IOException {
        String message;
        try (InputStream in = connection.getErrorStream()) {
            JsonNode answer = JSON.readTree(in == null ? new byte[0] : in.readAllBytes());
            String said = answer.path("Message").asText();
            message = said.isEmpty() ? answer.path("message").asText() : said;
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            message = "";
        }
        if (message.isEmpty()) {
            return noDesk();
        }
        int code = status == HttpURLConnection.HTTP_NOT_FOUND
                ? CommandFailure.FINDINGS
                : status == HttpURLConnection.HTTP_BAD_REQUEST ? CommandFailure.MISUSED : CommandFailure.FAILED;
        return new CommandFailure(code, message.replaceFirst("^FilterExpression: ", ""));
    }

    private CommandFailure noDesk() {
        return new CommandFailure(
                CommandFailure.FAILED,
                "what answers at " + Addresses.text(address) + " is no trace desk, or an older one");
    }
}
