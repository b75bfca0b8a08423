package io.spanloom.e2e.real;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two hosts with a collector each, two gateways, three services. Each gateway has an X-Ray API of its own behind it, so that
 * one sees which of them sent what.
 *
 * <pre>
 * front (xray)  --UDP---> agent 1 --+-> gateway 1 -> API 1
 * worker (otel) --OTLP--> agent 1 --+
 *                                   +-> gateway 2 -> API 2
 * back (otel)   --OTLP--> agent 2 --+
 * </pre>
 */
final class Fleet implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Spans for each gateway, and in the services, too, so that it is soon seen what happens when they are full. */
    static final int QUEUE = 1_000;

    final List<Api> apis = List.of(new Api(), new Api());
    final List<FleetCollector> gateways = new ArrayList<>();
    final List<FleetCollector> agents = new ArrayList<>();
    final Service front;
    final Service back;
    final Service worker;
    private final List<AutoCloseable> all = new ArrayList<>(apis);

    Fleet() throws Exception {
        try {
            for (Api api : apis) {
                gateways.add(collector("gateway.yml", Map.of("XRAY_ENDPOINT", api.endpoint(), "DECISION_WAIT", "2s")));
            }
            String addresses = gateways.stream()
                    .map(each -> each.address() + ":4317")
                    .toList()
                    .toString();
            for (int host = 0; host < 2; host++) {
                agents.add(collector("agent.yml", Map.of("GATEWAYS", addresses, "QUEUE_SPANS", String.valueOf(QUEUE))));
            }
            front = service("front", "xray", agents.get(0));
            back = service("back", "otel", agents.get(1));
            worker = service("worker", "otel", agents.get(0));
            for (FleetCollector each : gateways) {
                each.ready();
            }
            for (FleetCollector each : agents) {
                each.ready();
            }
        } catch (Throwable notStarted) {
            close();
            throw notStarted;
        }
    }

    private FleetCollector collector(String file, Map<String, String> environment) throws IOException {
        FleetCollector started = new FleetCollector(file, FleetCollector.freeAddress(), environment);
        all.add(started);
        return started;
    }

    private Service service(String name, String backend, FleetCollector agent) throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put("TRACING_SERVICE", name);
        environment.put("TRACING_BACKEND", backend);
        environment.put("AWS_XRAY_DAEMON_ADDRESS", agent.address() + ":2000");
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://" + agent.address() + ":4318");
        // Less than the spans would take that are made while nobody takes them.
        environment.put("JAVA_TOOL_OPTIONS", "-Xmx48m");
        environment.put("OTEL_BSP_SCHEDULE_DELAY", "200");
        environment.put("OTEL_BSP_MAX_QUEUE_SIZE", String.valueOf(QUEUE));
        Service started = Service.start(name, Installed.java(FleetService.class), environment);
        all.add(started);
        return started;
    }

    /** One request to the first of the services, from which it goes on to the others in turn; what each span was called. */
    static JsonNode request(String outcome, Service first, Service... others) {
        List<String> urls = new ArrayList<>();
        for (Service other : others) {
            urls.add(other.url(""));
        }
        return get(first.url("/" + outcome + "?" + String.join(",", urls)));
    }

    static JsonNode stats(Service service) {
        return get(service.url("/stats"));
    }

    /** Traces of one failed span each; the longest that one took, in microseconds. */
    static long many(Service service, int traces, int pauseMicros) {
        return get(service.url("/many?" + traces + "," + pauseMicros))
                .path("longest")
                .asLong();
    }

    private static JsonNode get(String url) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            return Api.read(
                    CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(url, failed);
        }
    }

    /** What both gateways, or both agents, have counted. */
    static double counted(List<FleetCollector> collectors, String metric) {
        return collectors.stream().mapToDouble(each -> each.counted(metric)).sum();
    }

    /** How many documents of segments with that name have come, each counted once. */
    long arrived(String name) {
        return apis.stream()
                .flatMap(api -> api.documents().stream())
                .filter(document -> document.path("name").asText().equals(name))
                .map(document -> document.path("id").asText())
                .distinct()
                .count();
    }

    @Override
    public void close() throws Exception {
        for (int last = all.size() - 1; last >= 0; last--) {
            all.get(last).close();
        }
    }
}
