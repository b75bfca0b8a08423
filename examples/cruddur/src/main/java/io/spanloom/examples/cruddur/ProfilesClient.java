package io.spanloom.examples.cruddur;

import io.spanloom.http.TracingHttpClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Calls the service {@code profiles}; the trace goes along. */
final class ProfilesClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client = TracingHttpClient.wrap(
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build(), "profiles");
    private final URI profiles;

    /** @param profiles where the service is, as in {@code http://127.0.0.1:8080} */
    ProfilesClient(URI profiles) {
        this.profiles = profiles;
    }

    /** @throws NotFoundException where nobody has this handle */
    Profile find(String handle) throws IOException {
        URI uri = profiles.resolve("/api/profiles/" + URLEncoder.encode(handle, StandardCharsets.UTF_8));
        HttpResponse<byte[]> response =
                send(HttpRequest.newBuilder(uri).timeout(TIMEOUT).build());
        return switch (response.statusCode()) {
            case 200 -> Json.read(response.body(), Profile.class);
            case 404 -> throw new NotFoundException("nobody is called " + handle);
            default -> throw new IOException("profiles answered " + response.statusCode());
        };
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while profiles was asked");
        }
    }
}
