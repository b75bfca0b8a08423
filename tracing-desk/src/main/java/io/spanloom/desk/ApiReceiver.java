package io.spanloom.desk;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.spanloom.desk.api.ApiException;
import io.spanloom.desk.api.XRayApi;
import io.spanloom.desk.page.Page;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The X-Ray API over HTTP, as AWS's clients speak it (rest-json): every operation a POST to its path. Signatures are not
 * looked at. Used for {@code --http} and, since the daemon proxies the same calls, for TCP at the daemon's port.
 */
final class ApiReceiver implements Closeable {
    /** A question takes milliseconds; more threads would only let slow clients hold more. */
    private static final int THREADS = 8;

    private static final int SYSTEM_BACKLOG = 0;

    private final HttpServer server;
    private final ExecutorService threads;
    private final XRayApi api;
    private final HostRule hosts;
    private final @Nullable Page page;

    private ApiReceiver(HttpServer server, XRayApi api, HostRule hosts, @Nullable Page page) {
        this.server = server;
        this.api = api;
        this.hosts = hosts;
        this.page = page;
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "desk-api");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /**
     * Listens from here on; throws if the address cannot be had.
     *
     * @param page what people see who come with a browser; null where only programs come
     */
    static ApiReceiver start(InetSocketAddress address, XRayApi api, HostRule hosts, @Nullable Page page)
            throws IOException {
        ApiReceiver receiver = new ApiReceiver(HttpServer.create(address, SYSTEM_BACKLOG), api, hosts, page);
        receiver.server.start();
        return receiver;
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        String objection = hosts.objection(headers.getFirst("Host"), headers.getFirst("Origin"));
        if (objection == null && page != null && page.takes(exchange)) {
            page.handle(exchange);
            return;
        }
        try (exchange) {
            if (objection != null) {
                fail(exchange, 403, "AccessDeniedException", objection);
            } else if (!exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("Allow", "POST");
                fail(exchange, 405, "MethodNotAllowedException", "every operation of the X-Ray API is a POST");
            } else {
                answer(exchange);
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            Map<String, @Nullable Object> body = read(exchange);
            send(exchange, 200, api.handle(exchange.getRequestURI().getPath(), body));
        } catch (ApiException e) {
            fail(exchange, e.status(), e.type(), e.text());
        } catch (RejectedException e) {
            int status = e.reason() == Rejection.OVERSIZE ? 413 : 400;
            fail(exchange, status, "SerializationException", e.reason().text() + ": " + e.detail());
        } catch (RuntimeException | StackOverflowError e) {
            // Not known to happen; whoever asks shall know that it is the desk's fault, and the others go on.
            fail(exchange, 500, "InternalFailure", Rejection.INTERNAL.text() + ": " + e);
        }
    }

    private static Map<String, @Nullable Object> read(HttpExchange exchange) throws IOException, RejectedException {
        byte[] body = OtlpBody.read(exchange.getRequestBody());
        String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
        if ("gzip".equalsIgnoreCase(encoding)) {
            body = OtlpBody.expand(body);
        }
        // Some clients send nothing where nothing is to be said.
        return body.length == 0 ? Map.of() : parse(body);
    }

    private static Map<String, @Nullable Object> parse(byte[] body) throws RejectedException {
        try (JsonParser json = JsonValues.FACTORY.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new RejectedException(Rejection.BAD_JSON, "the body does not start with {");
            }
            Map<String, @Nullable Object> fields = JsonValues.asObject(JsonValues.read(json));
            if (json.nextToken() != null) {
                throw new RejectedException(Rejection.BAD_JSON, "something follows the body's object");
            }
            return fields;
        } catch (JsonProcessingException e) {
            throw new RejectedException(Rejection.BAD_JSON, String.valueOf(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new RejectedException(Rejection.BAD_JSON, String.valueOf(e.getMessage()));
        }
    }

    private static void fail(HttpExchange exchange, int status, String type, String message) throws IOException {
        exchange.getResponseHeaders().set("x-amzn-ErrorType", type);
        send(exchange, status, Map.of("Message", message));
    }

    private static void send(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonValues.FACTORY.createGenerator(bytes)) {
            JsonLine.writeValue(json, body);
        }
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("x-amzn-RequestId", UUID.randomUUID().toString());
        boolean bodiless = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodiless ? -1 : bytes.size());
        if (!bodiless) {
            try (OutputStream out = exchange.getResponseBody()) {
                bytes.writeTo(out);
            }
        }
    }

    /** Stops at once; a client in the middle of a request sees the connection go. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
