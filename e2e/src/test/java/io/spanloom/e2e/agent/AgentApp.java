package io.spanloom.e2e.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Scope;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.otel.OtelBackend;
import io.spanloom.sql.TracingDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** A service that calls itself, below the OpenTelemetry agent: the agent traces the client and the server, we the work. */
final class AgentApp {

    private static final DataSource DRIVER = database();

    private AgentApp() {}

    private static DataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:cruddur");
        return database;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("given")) {
            OtelBackend.use(GlobalOpenTelemetry.get());
        }
        Tracing.reconfigure(
                TracingConfig.builder().alone().service("app").backend("otel").build());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", AgentApp::answer);
        server.start();
        try (Scope baggage = Baggage.builder().put("tenant", "acme").build().makeCurrent()) {
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/activities");
            Tracing.run("caller", span -> {
                span.annotation("tenant", Baggage.current().getEntryValue("tenant"));
                HttpResponse<String> response = HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
                System.out.println("answer " + response.body());
            });
            System.out.println("baggage " + Baggage.current().getEntryValue("tenant"));
        }
        System.out.println("left " + (Tracing.current() != Span.noop()));
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Tracing.run(SpanSpec.named("enqueue").kind(SpanKind.PRODUCER), span -> {
                span.event("queued").link("6b0149315b2f0c6a1d2e3f4a5b6c7d8e", "00f067aa0ba902b7");
                theirs();
            });
            byte[] body = ("tenant " + Baggage.current().getEntryValue("tenant")).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @WithSpan("theirs")
    private static void theirs() {
        Tracing.run("ours below theirs", span -> {
            query(DRIVER);
            query(TracingDataSource.wrap(DRIVER));
        });
    }

    private static void query(DataSource database) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
