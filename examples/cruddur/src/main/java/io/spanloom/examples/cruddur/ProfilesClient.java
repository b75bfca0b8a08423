package io.spanloom.examples.cruddur;

import io.spanloom.Http;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
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

    /** Kind CLIENT is namespace {@code remote} in X-Ray: the call is an edge of the service map. */
    private static final SpanSpec CALL =
            SpanSpec.named("profiles").kind(SpanKind.CLIENT).expect(NotFoundException.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI profiles;

    /** @param profiles where the service is, as in {@code http://127.0.0.1:8080} */
    ProfilesClient(URI profiles) {
        this.profiles = profiles;
    }

    /** @throws NotFoundException where nobody has this handle */
    Profile find(String handle) throws IOException {
        URI uri = profiles.resolve("/api/profiles/" + URLEncoder.encode(handle, StandardCharsets.UTF_8));
        return Tracing.call(CALL, span -> {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
            Tracing.inject(request, HttpRequest.Builder::setHeader);
            span.http(Http.request("GET", uri.toString()));
            HttpResponse<byte[]> response = send(request.build());
            span.http(Http.response(response.statusCode()).contentLength(response.body().length));
            return switch (response.statusCode()) {
                case 200 -> Json.read(response.body(), Profile.class);
                case 404 -> throw new NotFoundException("nobody is called " + handle);
                default -> throw new IOException("profiles answered " + response.statusCode());
            };
        });
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
