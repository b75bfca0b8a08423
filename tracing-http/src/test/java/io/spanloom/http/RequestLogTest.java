package io.spanloom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.spanloom.TracingConfig;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RequestLogTest {

    @RegisterExtension
    static final TracingExtension TRACING = TracingExtension.configured(c -> c.set(TracingConfig.LOG_MDC, "true"));

    private final RequestLines log = new RequestLines();

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void request_isOneLineWithItsTrace(TraceRecorder traces) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
                    exchange.sendResponseHeaders(404, -1);
                    exchange.close();
                })
                .getFilters()
                .addAll(List.of(new TracingServerFilter(), new RequestLogServerFilter()));
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/api/a%0Ab;jsessionid=0A1B?token=1";
            HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding());
            log.await(1);
        } finally {
            server.stop(0);
        }

        traces.awaitTraces(1);
        assertThat(log.lines()).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).isEqualTo("127.0.0.1 GET http /api/a%0Ab?token=*** 404");
            assertThat(line.getMDCPropertyMap())
                    .containsEntry("trace_id", traces.onlyTrace().traceId());
        });
    }
}
