package io.spanloom.desk.summary;

import io.spanloom.desk.TraceSpan;
import io.spanloom.desk.filter.Keyword;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The services of some traces and the calls between them, in the shape of {@code ServiceList}.
 *
 * <p>As in the service, a node has a name and a type, calls to somebody who sends no segments make a node that is inferred, and
 * whoever called the entry of a trace is a node of type {@code client} with the entry's name.
 */
public final class ServiceGraph {
    private static final String CLIENT = "client";

    private final Map<Key, Node> nodes = new LinkedHashMap<>();

    private ServiceGraph() {}

    public static ServiceGraph of(Collection<TraceSummary> traces) {
        ServiceGraph graph = new ServiceGraph();
        traces.forEach(graph::add);
        return graph;
    }

    private void add(TraceSummary trace) {
        for (Entity service : trace.services()) {
            Node node = node(service);
            TraceSpan span = service.span();
            node.saw(span);
            node.statistics.count(service);
            node.durations.count(false, false, false, service.number(Keyword.DURATION));
            node.root |= service.root();
            if (service.parent() == null && service.isSegment()) {
                Node client = nodes.computeIfAbsent(new Key(service.name(), CLIENT), key -> new Node(key, null));
                client.saw(span);
                Link link = client.link(node);
                link.saw(span);
                link.statistics.count(service);
            }
        }
        for (Call call : trace.edges()) {
            Link link = node(call.source()).link(node(call.destination()));
            link.saw(call.waiting());
            link.statistics.count(call);
        }
    }

    private Node node(Entity service) {
        Key key = new Key(service.name(), service.type());
        return nodes.computeIfAbsent(key, k -> new Node(k, service.account()));
    }

    /** Nodes refer to each other by {@code ReferenceId}, their place in this list. */
    public List<Map<String, Object>> json() {
        Map<Node, Integer> numbers = new LinkedHashMap<>();
        nodes.values().forEach(node -> numbers.put(node, numbers.size()));
        List<Map<String, Object>> services = new ArrayList<>();
        nodes.values().forEach(node -> services.add(node.json(numbers)));
        return services;
    }

    private record Key(String name, @Nullable String type) {}

    /** When something was first and last busy. */
    private static class Busy {
        private double first = Double.POSITIVE_INFINITY;
        private double last;

        void saw(TraceSpan span) {
            Instant end = span.end();
            first = Math.min(first, Seconds.of(span.start()));
            last = Math.max(last, Seconds.of(end == null ? span.start() : end));
        }

        void put(Map<String, Object> json) {
            json.put("StartTime", first);
            json.put("EndTime", last);
        }
    }

    private static final class Node extends Busy {
        private final Key key;
        private final @Nullable String account;
        private final Statistics statistics = new Statistics();
        private final Statistics durations = new Statistics();
        private final Map<Node, Link> links = new LinkedHashMap<>();
        private boolean root;

        Node(Key key, @Nullable String account) {
            this.key = key;
            this.account = account;
        }

        Link link(Node to) {
            return links.computeIfAbsent(to, node -> new Link());
        }

        Map<String, Object> json(Map<Node, Integer> numbers) {
            Map<String, Object> json = new LinkedHashMap<>();
            boolean client = CLIENT.equals(key.type);
            json.put("ReferenceId", numbers.getOrDefault(this, 0));
            json.put("Name", key.name);
            json.put("Names", List.of(key.name));
            json.put("Root", root);
            if (account != null) {
                json.put("AccountId", account);
            }
            if (key.type != null) {
                json.put("Type", key.type);
            }
            json.put("State", client ? "unknown" : "active");
            put(json);
            List<Map<String, Object>> edges = new ArrayList<>();
            links.forEach((node, link) -> edges.add(link.json(numbers.getOrDefault(node, 0))));
            json.put("Edges", edges);
            if (!client) {
                json.put("SummaryStatistics", statistics.json());
                json.put("DurationHistogram", durations.histogram());
                json.put("ResponseTimeHistogram", statistics.histogram());
            }
            return json;
        }
    }

    private static final class Link extends Busy {
        private final Statistics statistics = new Statistics();

        Map<String, Object> json(int to) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("ReferenceId", to);
            put(json);
            json.put("SummaryStatistics", statistics.json());
            json.put("ResponseTimeHistogram", statistics.histogram());
            json.put("Aliases", List.of());
            return json;
        }
    }
}
