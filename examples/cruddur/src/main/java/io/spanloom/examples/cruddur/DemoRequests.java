package io.spanloom.examples.cruddur;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Sends the requests of {@code ./demo} one after the other and says what came back; fails where that is not what was
 * expected.
 *
 * <pre>{@code java -cp cruddur.jar io.spanloom.examples.cruddur.DemoRequests http://127.0.0.1:4711 /api/health=200}</pre>
 */
final class DemoRequests {

    private DemoRequests() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        URI server = URI.create(args[0]);
        boolean asExpected = true;
        for (int i = 1; i < args.length; i++) {
            int equals = args[i].lastIndexOf('=');
            String path = args[i].substring(0, equals);
            int expected = Integer.parseInt(args[i].substring(equals + 1));
            int status = client.send(
                            HttpRequest.newBuilder(server.resolve(path))
                                    .timeout(Duration.ofSeconds(20))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            System.out.printf(
                    "  GET %-32s %d%s%n", path, status, status == expected ? "" : ", but expected " + expected);
            asExpected &= status == expected;
        }
        System.exit(asExpected ? 0 : 1);
    }
}
