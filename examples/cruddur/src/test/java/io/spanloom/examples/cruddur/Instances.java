package io.spanloom.examples.cruddur;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;

/** Both services on free ports of this JVM, and a client that nobody traces. */
final class Instances implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final CruddurServer profiles;
    private final CruddurServer backend;

    Instances() throws IOException, SQLException {
        profiles = CruddurServer.start(loopback(), null);
        backend = CruddurServer.start(loopback(), profiles.uri());
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(backend.uri().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(backend.uri().resolve(path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Override
    public void close() throws SQLException {
        backend.close();
        profiles.close();
    }
}
