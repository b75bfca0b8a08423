package io.spanloom.desk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** OTLP over HTTP, answered as the OpenTelemetry Collector answers it: {@code POST /v1/traces}, protobuf or JSON. */
final class OtlpReceiver implements Closeable {
    private static final String PATH = "/v1/traces";

    private static final int SYSTEM_BACKLOG = 0;
    private static final byte[] NOTHING = {};

    private final HttpServer server;
    private final RequestThreads threads;
    private final Intake intake;

    private OtlpReceiver(HttpServer server, Intake intake, Duration deadline) {
        this.server = server;
        this.intake = intake;
        this.threads = new RequestThreads("desk-otlp", deadline);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /** Listens from here on; throws if the address cannot be had. */
    static OtlpReceiver start(InetSocketAddress address, Intake intake, Duration deadline) throws IOException {
        OtlpReceiver receiver = new OtlpReceiver(HttpServer.create(address, SYSTEM_BACKLOG), intake, deadline);
        receiver.server.start();
        return receiver;
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        intake.knocked(Protocol.OTLP, exchange.getRemoteAddress());
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                answerText(exchange, 404, "traces go to " + PATH);
            } else if (!exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("Allow", "POST");
                answerText(exchange, 405, "only POST");
            } else {
                handleExport(exchange);
            }
        }
    }

    private void handleExport(HttpExchange exchange) throws IOException {
        String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
        OtlpFormat format = OtlpFormat.of(contentType);
        if (format == null) {
            intake.rejected(Refused.unread(Protocol.OTLP, Rejection.BAD_CONTENT_TYPE, "Content-Type " + contentType));
            answerText(exchange, 415, "supported: application/x-protobuf, application/json");
            return;
        }
        byte[] body = NOTHING;
        try (RequestBody reader = new RequestBody()) {
            boolean gzip = isGzip(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            body = reader.read(exchange.getRequestBody());
            OtlpBatch batch = OtlpBatch.read(gzip ? reader.expand(body) : body, format);
            batch.documents().forEach(intake::accepted);
            for (int i = 0; i < batch.withoutId(); i++) {
                intake.rejected(Refused.of(
                        Protocol.OTLP, Rejection.NO_ID, "span without trace_id or span_id", body, body.length));
            }
            answer(exchange, 200, format, format.success(batch.withoutId(), "span without trace_id or span_id"));
        } catch (RejectedException e) {
            intake.rejected(refused(e.reason(), e.detail(), body));
            answer(
                    exchange,
                    e.reason().status(),
                    format,
                    format.failure(e.reason().text() + ": " + e.detail()));
        } catch (RuntimeException | StackOverflowError e) {
            intake.rejected(refused(Rejection.INTERNAL, e.toString(), body));
            answer(exchange, 500, format, format.failure(Rejection.INTERNAL.text()));
        }
    }

    private static Refused refused(Rejection reason, String detail, byte[] body) {
        return body == NOTHING
                ? Refused.unread(Protocol.OTLP, reason, detail)
                : Refused.of(Protocol.OTLP, reason, detail, body, body.length);
    }

    private static boolean isGzip(@Nullable String encoding) throws RejectedException {
        if (encoding == null || encoding.isEmpty() || encoding.equalsIgnoreCase("identity")) {
            return false;
        }
        if (!encoding.equalsIgnoreCase("gzip")) {
            throw new RejectedException(Rejection.BAD_CONTENT_TYPE, "Content-Encoding " + encoding);
        }
        return true;
    }

    private static void answerText(HttpExchange exchange, int status, String text) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        send(exchange, status, (status + " " + text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, OtlpFormat format, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", format.contentType());
        send(exchange, status, body);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        // The JDK's server takes 0 for "length unknown" and -1 for "no body".
        boolean bodiless = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
        if (!bodiless) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    /** Stops at once; an exporter in the middle of a request sees the connection go. */
    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
