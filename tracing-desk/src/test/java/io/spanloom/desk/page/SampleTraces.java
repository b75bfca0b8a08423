package io.spanloom.desk.page;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Traces of a small shop of services, as X-Ray documents: what the page's tests and pictures show. The same each time but
 * for the hour.
 *
 * <pre>{@code java -cp target/test-classes io.spanloom.desk.page.SampleTraces http://127.0.0.1:2080 400}</pre>
 */
final class SampleTraces {
    private final Random random = new Random(7);
    private final double now;

    SampleTraces(double now) {
        this.now = now;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        SampleTraces sample = new SampleTraces(System.currentTimeMillis() / 1000.0);
        send(arguments[0], sample.some(Integer.parseInt(arguments[1])));
        if (arguments.length > 2) {
            send(arguments[0], sample.large(Integer.parseInt(arguments[2])));
        }
    }

    static void send(String desk, List<String> documents) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < documents.size(); i += 50) {
            StringBuilder body = new StringBuilder("{\"TraceSegmentDocuments\":[");
            for (String document : documents.subList(i, Math.min(documents.size(), i + 50))) {
                body.append(body.charAt(body.length() - 1) == '[' ? "" : ",").append(quoted(document));
            }
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(desk + "/TraceSegments"))
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    body.append("]}").toString()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200 || !answer.body().contains("\"UnprocessedTraceSegments\":[]")) {
                throw new IllegalStateException(answer.body());
            }
        }
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                default -> {
                    if (c < ' ') {
                        quoted.append(String.format("\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    /** The newest is a fault with an exception; the oldest began five minutes ago. */
    List<String> some(int count) {
        List<String> documents = new ArrayList<>();
        for (int i = count - 1; i >= 0; i--) {
            double start = now - 2 - i * 300.0 / count - random.nextDouble() * 0.2;
            switch (i % 7) {
                case 0, 3 -> home(documents, start, i % 21 == 0);
                case 1 -> search(documents, start);
                case 2, 5 -> checkout(documents, start, i % 4 == 2);
                case 4 -> health(documents, start);
                default -> nightly(documents, start);
            }
        }
        return documents;
    }

    private void home(List<String> documents, double start, boolean fault) {
        String trace = traceId(start);
        double took = 0.035 + Math.abs(random.nextGaussian()) * 0.03;
        String root = id();
        String call = id();
        String query = "{\"id\":\"" + id() + "\",\"name\":\"cruddur@db.internal\",\"namespace\":\"remote\""
                + times(start + took * 0.2, took * 0.35)
                + ",\"sql\":{\"sanitized_query\":\"SELECT a.uuid, a.message, u.handle\\n  FROM activities a JOIN users u ON u.uuid = a.user_uuid\\n WHERE a.expires_at > ?\\n ORDER BY a.created_at DESC LIMIT ?\","
                + "\"database_type\":\"PostgreSQL\",\"url\":\"jdbc:postgresql://db.internal/cruddur\",\"user\":\"app\"}}";
        String service =
                "{\"id\":\"" + id() + "\",\"name\":\"HomeActivities.run\"" + times(start + took * 0.1, took * 0.8)
                        + ",\"annotations\":{\"plan\":\"free\",\"results\":" + random.nextInt(50)
                        + "},\"metadata\":{\"default\":{\"request\":{\"limit\":20,\"cursor\":null,\"tags\":[\"new\",\"followed\"]},\"cache\":{\"hit\":false,\"ttl_seconds\":30}}},\"subsegments\":["
                        + query + ",{\"id\":\"" + call + "\",\"name\":\"profiles\",\"namespace\":\"remote\""
                        + times(start + took * 0.58, took * 0.3)
                        + ",\"http\":{\"request\":{\"method\":\"GET\",\"url\":\"http://profiles.internal/api/profiles?ids=12\"},\"response\":{\"status\":200}}}"
                        + "]"
                        + (fault ? cause() : "") + "}";
        documents.add(segment(
                trace,
                root,
                null,
                "backend",
                "GET /api/activities/home",
                start,
                took,
                "GET",
                "https://cruddur.example/api/activities/home",
                fault ? 500 : 200,
                "ann",
                service));
        documents.add(segment(
                trace,
                id(),
                call,
                "profiles",
                "GET /api/profiles",
                start + took * 0.62,
                took * 0.2,
                "GET",
                "http://profiles.internal/api/profiles?ids=12",
                200,
                null,
                "{\"id\":\"" + id() + "\",\"name\":\"redis\",\"namespace\":\"remote\""
                        + times(start + took * 0.65, took * 0.08) + "}"));
    }

    private static String cause() {
        return ",\"fault\":true,\"cause\":{\"working_directory\":\"/app\",\"exceptions\":[{\"id\":\"aaaaaaaaaaaaaaaa\",\"type\":\"java.lang.IllegalStateException\",\"message\":\"activities could not be read\",\"truncated\":31,\"stack\":["
                + "{\"path\":\"HomeActivities.java\",\"line\":42,\"label\":\"io.cruddur.HomeActivities.run\"},{\"path\":\"ActivityController.java\",\"line\":88,\"label\":\"io.cruddur.web.ActivityController.home\"},{\"path\":\"Router.java\",\"line\":120,\"label\":\"io.cruddur.web.Router.dispatch\"}],\"cause\":\"bbbbbbbbbbbbbbbb\"},"
                + "{\"id\":\"bbbbbbbbbbbbbbbb\",\"type\":\"java.sql.SQLTransientConnectionException\",\"message\":\"pool-1 - Connection is not available, request timed out after 30000ms\",\"stack\":[{\"path\":\"HikariPool.java\",\"line\":696,\"label\":\"com.zaxxer.hikari.pool.HikariPool.createTimeoutException\"},{\"path\":\"HikariPool.java\",\"line\":181,\"label\":\"com.zaxxer.hikari.pool.HikariPool.getConnection\"}]}]}";
    }

    private void search(List<String> documents, double start) {
        double took = 0.12 + Math.abs(random.nextGaussian()) * 0.25;
        boolean slow = took > 0.4;
        documents.add(segment(
                traceId(start),
                id(),
                null,
                "search",
                "GET /api/search",
                start,
                took,
                "GET",
                "https://cruddur.example/api/search?term=otter",
                slow ? 429 : 200,
                "bayko",
                "{\"id\":\"" + id() + "\",\"name\":\"OpenSearch\",\"namespace\":\"remote\""
                        + times(start + 0.01, took - 0.02) + (slow ? ",\"error\":true,\"throttle\":true" : "")
                        + ",\"http\":{\"request\":{\"method\":\"POST\",\"url\":\"http://search.internal:9200/_search\"},\"response\":{\"status\":"
                        + (slow ? 429 : 200) + "}}}"));
    }

    private void checkout(List<String> documents, double start, boolean declined) {
        String trace = traceId(start);
        double took = 0.3 + random.nextDouble() * 0.5;
        String toPayments = id();
        String toStock = id();
        String inner = "{\"id\":\"" + id() + "\",\"name\":\"validate\"" + times(start + 0.005, 0.02) + "},"
                + "{\"id\":\"" + toStock + "\",\"name\":\"stock\",\"namespace\":\"remote\""
                + times(start + 0.03, took * 0.2) + "},"
                + "{\"id\":\"" + toPayments + "\",\"name\":\"payments\",\"namespace\":\"remote\""
                + times(start + 0.04 + took * 0.2, took * 0.6)
                + (declined ? ",\"error\":true" : "")
                + ",\"metadata\":{\"default\":{\"card\":\"4111 1111 1111 1111\",\"attempt\":1}}},"
                + "{\"id\":\"" + id() + "\",\"name\":\"SQS\",\"namespace\":\"aws\""
                + times(start + took * 0.9, took * 0.06)
                + ",\"aws\":{\"operation\":\"SendMessage\",\"region\":\"eu-west-1\",\"queue_url\":\"https://sqs.eu-west-1.amazonaws.com/1/orders\",\"request_id\":\"r-1\"}}";
        documents.add(segment(
                trace,
                id(),
                null,
                "checkout",
                "POST /api/orders",
                start,
                took,
                "POST",
                "https://cruddur.example/api/orders",
                declined ? 402 : 201,
                "chip",
                inner));
        documents.add(
                segment(
                        trace,
                        id(),
                        toStock,
                        "stock",
                        "POST /reserve",
                        start + 0.035,
                        took * 0.17,
                        "POST",
                        "http://stock.internal/reserve",
                        200,
                        null,
                        "{\"id\":\"" + id() + "\",\"name\":\"DynamoDB\",\"namespace\":\"aws\""
                                + times(start + 0.04, took * 0.12)
                                + ",\"aws\":{\"operation\":\"UpdateItem\",\"table_name\":\"stock\",\"region\":\"eu-west-1\"}}"));
        // The payment service's clock is behind: its segment begins before the call that led there.
        documents.add(segment(
                trace,
                id(),
                toPayments,
                "payments",
                "POST /charge",
                start + 0.02 + took * 0.2,
                took * 0.55,
                "POST",
                "http://payments.internal/charge",
                declined ? 402 : 200,
                null,
                "{\"id\":\"" + id() + "\",\"name\":\"charge card (visa!)\""
                        + times(start + 0.06 + took * 0.2, took * 0.4)
                        + ",\"annotations\":{\"amount\":42.5,\"currency\":\"EUR\"}}"));
    }

    private void health(List<String> documents, double start) {
        documents.add(segment(
                traceId(start),
                id(),
                null,
                "backend",
                "GET /api/health",
                start,
                0.0008 + random.nextDouble() * 0.001,
                "GET",
                "https://cruddur.example/api/health",
                200,
                null,
                ""));
    }

    private void nightly(List<String> documents, double start) {
        String root = id();
        String trace = traceId(start);
        documents.add("{\"id\":\"" + root + "\",\"trace_id\":\"" + trace + "\",\"name\":\"reports\",\"start_time\":"
                + seconds(start)
                + ",\"in_progress\":true,\"metadata\":{\"spanloom\":{\"operation\":\"nightly report\"}}}");
        documents.add("{\"id\":\"" + id() + "\",\"trace_id\":\"" + trace + "\",\"parent_id\":\"" + root
                + "\",\"type\":\"subsegment\",\"name\":\"collect\"" + times(start + 0.1, 0.9) + "}");
    }

    /** One trace of many spans: a job that works through a list, with steps below steps and now and then an error. */
    List<String> large(int spans) {
        List<String> documents = new ArrayList<>(spans);
        double start = now - 60;
        String trace = traceId(start);
        String root = id();
        documents.add(segment(
                trace, root, null, "importer", "import catalogue", start, spans * 0.0006, null, null, 0, null, ""));
        String item = root;
        for (int i = 1; i < spans; i++) {
            double at = start + i * 0.0006;
            String own = id();
            boolean top = i % 20 == 1;
            String parent = top ? root : item;
            documents.add("{\"id\":\"" + own + "\",\"trace_id\":\"" + trace + "\",\"parent_id\":\"" + parent
                    + "\",\"type\":\"subsegment\",\"name\":\""
                    + (top ? "item " + i / 20 : i % 3 == 0 ? "parse" : i % 3 == 1 ? "look up" : "write") + "\""
                    + times(at, top ? 0.011 : 0.0005) + (i % 997 == 0 ? ",\"fault\":true" : "")
                    + ",\"annotations\":{\"row\":" + i + "}}");
            if (top) {
                item = own;
            }
        }
        return documents;
    }

    /** Calls between so many services, in a few layers. */
    List<String> mesh(int services) {
        List<String> documents = new ArrayList<>();
        for (int i = 0; i < services * 4; i++) {
            double start = now - 200 + i * 0.5;
            String trace = traceId(start);
            String parent = null;
            int layer = Math.max(1, services / 4);
            int at = i % layer;
            for (int depth = 0; depth < 4 && at < services; depth++) {
                String call = id();
                String name = String.format(Locale.ROOT, "service-%02d", at);
                documents.add(segment(
                        trace,
                        id(),
                        parent,
                        name,
                        "GET /" + depth,
                        start + depth * 0.01,
                        0.3 - depth * 0.03,
                        "GET",
                        "http://" + name + "/x",
                        i % 13 == 0 && depth == 3 ? 500 : 200,
                        null,
                        "{\"id\":\"" + call + "\",\"name\":\"next\",\"namespace\":\"remote\""
                                + times(start + depth * 0.01 + 0.005, 0.2) + "}"));
                parent = call;
                at = layer * (depth + 1) + (at * 3 + i / layer) % layer;
            }
        }
        return documents;
    }

    private static String segment(
            String trace,
            String id,
            @Nullable String parent,
            String service,
            String operation,
            double start,
            double took,
            @Nullable String method,
            @Nullable String url,
            int status,
            @Nullable String user,
            String subsegments) {
        String flags = status >= 500
                ? ",\"fault\":true"
                : status == 429 ? ",\"error\":true,\"throttle\":true" : status >= 400 ? ",\"error\":true" : "";
        String http = method == null
                ? ""
                : ",\"http\":{\"request\":{\"method\":\"" + method + "\",\"url\":\"" + url
                        + "\",\"user_agent\":\"curl/8\",\"client_ip\":\"127.0.0.1\"},\"response\":{\"status\":" + status
                        + "}}";
        return "{\"id\":\"" + id + "\",\"trace_id\":\"" + trace + "\""
                + (parent == null ? "" : ",\"parent_id\":\"" + parent + "\"") + ",\"name\":\"" + service + "\""
                + times(start, took) + flags + http
                + (user == null ? "" : ",\"user\":\"" + user + "\"")
                + (parent == null
                        ? ",\"aws\":{\"xray\":{\"sdk\":\"spanloom\",\"sampling_rule_name\":\"Default\"}}"
                        : "")
                + ",\"metadata\":{\"spanloom\":{\"operation\":\"" + operation + "\"}}"
                + (subsegments.isEmpty() ? "" : ",\"subsegments\":[" + subsegments + "]") + "}";
    }

    private static String times(double start, double took) {
        return ",\"start_time\":" + seconds(start) + ",\"end_time\":" + seconds(start + took);
    }

    private static String seconds(double time) {
        return String.format(Locale.ROOT, "%.6f", time);
    }

    private String traceId(double start) {
        return String.format("1-%08x-%08x%016x", (long) start, random.nextInt(), random.nextLong());
    }

    private String id() {
        return String.format("%016x", random.nextLong());
    }
}
