package io.spanloom.desk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.spanloom.desk.api.ApiException;
import io.spanloom.desk.api.XRayApi;
import io.spanloom.desk.page.Page;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The X-Ray API over HTTP, as AWS's clients speak it (rest-json): every operation a POST to its path. Signatures are not
 * looked at. Used for {@code --http} and, since the daemon proxies the same calls, for TCP at the daemon's port.
 */
final class ApiReceiver implements Closeable {
    private static final int SYSTEM_BACKLOG = 0;
    private static final byte[] NOTHING = {};

    private final HttpServer server;
    private final RequestThreads threads;
    private final XRayApi api;
    private final @Nullable DeskApi desk;
    private final @Nullable Page page;
    private final Surroundings around;

    private ApiReceiver(
            HttpServer server, XRayApi api, @Nullable DeskApi desk, @Nullable Page page, Surroundings around) {
        this.server = server;
        this.api = api;
        this.desk = desk;
        this.page = page;
        this.around = around;
        this.threads = new RequestThreads("desk-api", around.deadline);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /**
     * Listens from here on; throws if the address cannot be had.
     *
     * @param desk what is answered below {@code /desk/}; null for nothing
     * @param page what people see who come with a browser; null where only programs come
     */
    static ApiReceiver start(
            InetSocketAddress address, XRayApi api, @Nullable DeskApi desk, @Nullable Page page, Surroundings around)
            throws IOException {
        ApiReceiver receiver = new ApiReceiver(HttpServer.create(address, SYSTEM_BACKLOG), api, desk, page, around);
        receiver.server.start();
        return receiver;
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        String objection = around.hosts.objection(headers.getFirst("Host"), headers.getFirst("Origin"));
        if (objection == null && page != null && page.takes(exchange)) {
            page.handle(exchange);
            return;
        }
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (objection != null) {
                fail(exchange, 403, "AccessDeniedException", objection);
            } else if (desk != null && path.startsWith(DeskApi.PREFIX)) {
                answerDesk(exchange, desk, path.substring(DeskApi.PREFIX.length()));
            } else if (!exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("Allow", "POST");
                fail(exchange, 405, "MethodNotAllowedException", "every operation of the X-Ray API is a POST");
            } else {
                answer(exchange, path);
            }
        }
    }

    private void answerDesk(HttpExchange exchange, DeskApi desk, String path) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        boolean clears = exchange.getRequestMethod().equals("DELETE") && path.equals(DeskApi.TRACES);
        if (!clears && !exchange.getRequestMethod().equals("GET")) {
            boolean list = path.equals(DeskApi.TRACES);
            exchange.getResponseHeaders().set("Allow", list ? "GET, DELETE" : "GET");
            fail(
                    exchange,
                    405,
                    "MethodNotAllowedException",
                    list ? "only GET, and DELETE, which forgets all traces" : "the desk is only read here: GET");
            return;
        }
        try {
            send(exchange, clears ? desk.clear(query) : desk.get(path, Query.parse(query)));
        } catch (ApiException e) {
            fail(exchange, e.status(), e.type(), e.text());
        } catch (RuntimeException | StackOverflowError e) {
            fail(exchange, 500, "InternalFailure", Rejection.INTERNAL.text() + ": " + e);
        }
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        String operation = XRayApi.operation(path);
        boolean documents = "PutTraceSegments".equals(operation);
        // The desk's own page asks for rules, too: what a page sends has an Origin, what a program sends has none.
        if (operation != null && (documents || exchange.getRequestHeaders().getFirst("Origin") == null)) {
            around.activity.called(operation, exchange.getRemoteAddress());
        }
        byte[] body = NOTHING;
        try (RequestBody reader = new RequestBody()) {
            body = reader.read(exchange.getRequestBody());
            String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
            byte[] json = "gzip".equalsIgnoreCase(encoding) ? reader.expand(body) : body;
            // Some clients send nothing where nothing is to be said.
            send(exchange, Answer.json(200, api.handle(path, json.length == 0 ? Map.of() : parse(json))));
        } catch (ApiException e) {
            fail(exchange, e.status(), e.type(), e.text());
        } catch (RejectedException e) {
            if (documents) {
                around.intake.rejected(Refused.of(Protocol.API, e.reason(), e.detail(), body, body.length));
            }
            fail(
                    exchange,
                    e.reason().status(),
                    "SerializationException",
                    e.reason().text() + ": " + e.detail());
        } catch (RuntimeException | StackOverflowError e) {
            // Not known to happen; whoever asks shall know that it is the desk's fault, and the others go on.
            fail(exchange, 500, "InternalFailure", Rejection.INTERNAL.text() + ": " + e);
        }
    }

    static Map<String, @Nullable Object> parse(byte[] body) throws RejectedException {
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
        send(exchange, Answer.json(status, Map.of("Message", message)));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.contentType());
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("x-amzn-RequestId", UUID.randomUUID().toString());
        boolean bodiless = exchange.getRequestMethod().equals("HEAD");
        int length = answer.body().length;
        exchange.sendResponseHeaders(answer.status(), bodiless || length == 0 ? -1 : length);
        if (!bodiless && length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer.body());
            }
        }
    }

    /**
     * Whom it listens to, and who is told of what came.
     *
     * @param deadline how long one request may take, from its first byte to the last of its answer
     */
    record Surroundings(Intake intake, Activity activity, HostRule hosts, Duration deadline) {}

    /** Stops at once; a client in the middle of a request sees the connection go. */
    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
