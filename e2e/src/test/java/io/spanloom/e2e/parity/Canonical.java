package io.spanloom.e2e.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes documents of both ways comparable: what is left out here is what they need not agree in, or cannot. docs/parity.md
 * tells each to users.
 */
final class Canonical {

    /** The frame that ends a cause's message in the text that the exporter reads. */
    private static final String END_OF_MESSAGE = "{\"path\":\"Unknown\",\"line\":0,\"label\":\"unknown\"}";

    private Canonical() {}

    /** By id; of two with one id, the later one. */
    static Map<String, ObjectNode> of(List<? extends JsonNode> documents) {
        Map<String, ObjectNode> flat = new TreeMap<>();
        for (JsonNode document : documents) {
            flatten((ObjectNode) document.deepCopy(), null, flat);
        }
        flat.values().forEach(Canonical::clean);
        return flat;
    }

    private static void flatten(ObjectNode document, ObjectNode parent, Map<String, ObjectNode> flat) {
        if (parent != null) {
            document.set("trace_id", parent.get("trace_id"));
            document.set("parent_id", parent.get("id"));
            document.put("type", "subsegment");
        }
        JsonNode children = document.remove("subsegments");
        flat.put(document.path("id").asText(), document);
        if (children != null) {
            children.forEach(child -> flatten((ObjectNode) child, document, flat));
        }
    }

    private static void clean(ObjectNode document) {
        for (String flag : List.of("fault", "error", "throttle")) {
            if (!document.has(flag)) {
                document.put(flag, false);
            }
        }
        boolean subsegment = document.has("type");
        if (document.get("aws") instanceof ObjectNode aws) {
            aws.remove("xray");
            removeIfEmpty(document, "aws");
        }
        if (document.get("service") instanceof ObjectNode service) {
            service.remove(List.of("runtime", "runtime_version"));
            removeIfEmpty(document, "service");
        }
        if (subsegment) {
            document.remove(List.of("origin", "service"));
        }
        if (document.get("sql") instanceof ObjectNode sql) {
            sql.remove("url");
        }
        metadata(document);
        http(document);
        if (document.get("cause") instanceof ObjectNode cause) {
            cause(cause);
        }
    }

    private static void removeIfEmpty(ObjectNode node, String key) {
        if (node.path(key).isEmpty()) {
            node.remove(key);
        }
    }

    private static void metadata(ObjectNode document) {
        if (!(document.get("metadata") instanceof ObjectNode metadata)) {
            return;
        }
        if (metadata.get("default") instanceof ObjectNode others) {
            for (Iterator<String> names = others.fieldNames(); names.hasNext(); ) {
                if (names.next().startsWith("otel.resource.")) {
                    names.remove();
                }
            }
            if ("aws".equals(document.path("namespace").asText())) {
                others.remove("rpc.system");
            }
            others.remove("rpc.service"); // the name of the document
            removeIfEmpty(metadata, "default");
        }
        removeIfEmpty(document, "metadata");
    }

    private static void http(ObjectNode document) {
        if (!(document.get("http") instanceof ObjectNode http)) {
            return;
        }
        removeIfEmpty(http, "request");
        ObjectNode response = http.withObject("response");
        if (!response.has("content_length")) {
            response.put("content_length", 0);
        }
    }

    private static void cause(ObjectNode cause) {
        cause.remove(List.of("working_directory", "paths"));
        Map<String, String> ids = new HashMap<>();
        for (JsonNode exception : cause.path("exceptions")) {
            ids.put(exception.path("id").asText(), "exception " + ids.size());
        }
        for (JsonNode each : cause.path("exceptions")) {
            ObjectNode exception = (ObjectNode) each;
            exception.put("id", ids.get(exception.path("id").asText()));
            if (exception.has("cause")) {
                exception.put("cause", ids.get(exception.path("cause").asText()));
            }
            if (!exception.has("message")) {
                exception.put("message", "");
            }
            exception.remove(List.of("truncated", "skipped"));
            if (exception.get("stack") instanceof ArrayNode stack
                    && stack.size() == 1
                    && stack.get(0).toString().equals(END_OF_MESSAGE)) {
                exception.remove("stack");
            }
        }
    }
}
