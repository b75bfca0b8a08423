package io.spanloom.desk.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.spanloom.desk.filter.FilterException;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * The desk's page, at {@code /} and below {@code /page/}; every other path is the X-Ray API's.
 *
 * <p>Nothing runs in the page but its own files: the content security policy allows no inline script or style, no other
 * host, no frame, and no text that becomes markup (trusted types).
 */
public final class Page implements Closeable {
    private static final String BELOW = "/page/";
    private static final String API = BELOW + "api/";

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final PageSource source;
    private final PageApi api;
    private final LiveStream live;
    private final PageFiles files = new PageFiles();

    public Page(PageSource source) {
        this.source = source;
        this.api = new PageApi(source);
        this.live = new LiveStream(source);
    }

    /** Whether a request is the page's to answer. */
    public boolean takes(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return path.startsWith(BELOW)
                || (path.equals("/") && !exchange.getRequestMethod().equals("POST"));
    }

    /** Answers, or keeps the exchange open for a stream. */
    public void handle(HttpExchange exchange) throws IOException {
        HEADERS.forEach(exchange.getResponseHeaders()::set);
        boolean kept = false;
        try {
            kept = answer(exchange);
        } catch (FilterException e) {
            sendJson(exchange, 400, json -> {
                json.writeStringField("error", e.reason());
                json.writeNumberField("position", e.position());
            });
        } catch (IllegalArgumentException e) {
            sendJson(exchange, 400, json -> json.writeStringField("error", String.valueOf(e.getMessage())));
        } catch (RuntimeException | StackOverflowError e) {
            sendJson(exchange, 500, json -> json.writeStringField("error", "the desk failed on it: " + e));
        } finally {
            if (!kept) {
                exchange.close();
            }
        }
    }

    private boolean answer(HttpExchange exchange) throws IOException, FilterException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        if (path.equals(API + "import")) {
            takeImport(exchange, method);
        } else if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            sendJson(exchange, 405, json -> json.writeStringField("error", "only GET"));
        } else if (path.startsWith(API)) {
            return ask(exchange, path.substring(API.length()));
        } else {
            sendFile(exchange, path.equals("/") ? "index.html" : path.substring(BELOW.length()));
        }
        return false;
    }

    private boolean ask(HttpExchange exchange, String question) throws IOException, FilterException {
        PageQuery query = PageQuery.of(exchange.getRequestURI().getRawQuery());
        if (question.equals("live")) {
            if (live.take(exchange, query)) {
                return true;
            }
            sendJson(exchange, 503, json -> json.writeStringField("error", "too many pages are open"));
            return false;
        }
        PageJson.Content content = api.answer(question, query);
        if (content == null) {
            sendJson(exchange, 404, json -> json.writeStringField("error", "the desk does not have it (any more)"));
        } else {
            sendJson(exchange, 200, content);
        }
        return false;
    }

    private void takeImport(HttpExchange exchange, String method) throws IOException {
        if (!method.equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            sendJson(exchange, 405, json -> json.writeStringField("error", "only POST"));
            return;
        }
        int spans = source.importOtlp(exchange.getRequestBody());
        sendJson(exchange, 200, json -> json.writeNumberField("spans", spans));
    }

    private void sendFile(HttpExchange exchange, String name) throws IOException {
        byte[] bytes = files.read(name);
        if (bytes == null) {
            sendJson(exchange, 404, json -> json.writeStringField("error", "there is no such file"));
        } else {
            send(exchange, 200, PageFiles.type(name), bytes);
        }
    }

    private static void sendJson(HttpExchange exchange, int status, PageJson.Content content) throws IOException {
        send(exchange, status, "application/json", PageJson.bytes(content));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        boolean bodiless = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodiless || body.length == 0 ? -1 : body.length);
        if (!bodiless && body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    /** Ends the streams. */
    @Override
    public void close() {
        live.close();
    }
}
