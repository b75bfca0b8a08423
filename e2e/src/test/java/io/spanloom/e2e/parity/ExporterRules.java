package io.spanloom.e2e.parity;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the collector's {@code awsxrayexporter} (read and run: 0.159.0) makes of spans, restated: no more of it than our
 * spans use. {@code RealCollectorIT} compares it with the exporter itself.
 */
final class ExporterRules {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final HexFormat HEX = HexFormat.of();

    /** Go's {@code \p{L}} and the ASCII digits and symbols; {@code N} is a letter anyway. */
    private static final Pattern REFUSED_IN_NAMES = Pattern.compile("[^ 0-9\\p{L}_.:/%&#=+\\-@]");

    /** Attributes that change what a document is, and that are ours never to set. */
    private static final Set<String> NEVER = Set.of(
            "aws.span.kind",
            "aws.remote.service",
            "peer.service",
            "aws.service",
            "http.host",
            "net.peer.name",
            "aws.xray.inprogress");

    private ExporterRules() {}

    static List<ObjectNode> documents(ExportTraceServiceRequest request) {
        List<ObjectNode> documents = new ArrayList<>();
        request.getResourceSpansList()
                .forEach(resource -> resource.getScopeSpansList()
                        .forEach(scope -> scope.getSpansList()
                                .forEach(span -> documents.add(documentOrWord(span, resource.getResource())))));
        return documents;
    }

    /** Of a span on which the exporter cannot be relied, a word on why. */
    private static ObjectNode documentOrWord(Span span, Resource resource) {
        try {
            return document(span, resource);
        } catch (IllegalStateException refused) {
            return JSON.objectNode()
                    .put("id", HEX.formatHex(span.getSpanId().toByteArray()))
                    .put("trace_id", traceId(span.getTraceId().toByteArray()))
                    .put("refused", refused.getMessage());
        }
    }

    static ObjectNode document(Span span, Resource resource) {
        Map<String, AnyValue> attributes = attributes(span.getAttributesList());
        Map<String, AnyValue> ofResource = attributes(resource.getAttributesList());
        attributes.keySet().stream().filter(NEVER::contains).findAny().ifPresent(key -> {
            throw new IllegalStateException("the attribute " + key + " must not be written");
        });
        boolean called = span.getKind() == SpanKind.SPAN_KIND_SERVER || span.getKind() == SpanKind.SPAN_KIND_CONSUMER;
        boolean subsegment = !called && !span.getParentSpanId().isEmpty();
        ObjectNode document = JSON.objectNode();
        document.put("trace_id", traceId(span.getTraceId().toByteArray()));
        document.put("id", HEX.formatHex(span.getSpanId().toByteArray()));
        putIfAny(document, "parent_id", HEX.formatHex(span.getParentSpanId().toByteArray()));
        putIfAny(document, "type", subsegment ? "subsegment" : "");
        document.put("start_time", span.getStartTimeUnixNano() / 1e9);
        document.put("end_time", span.getEndTimeUnixNano() / 1e9);
        putIfAny(document, "name", name(span, attributes, ofResource));
        putIfAny(document, "namespace", namespace(span, attributes));
        flags(document, span, attributes);

        Map<String, AnyValue> left = new LinkedHashMap<>(attributes);
        ExporterHttp.write(document, span, left);
        ExporterCause.write(document, span, isAwsApi(attributes));
        aws(document, left);
        sql(document, span, left);
        AnyValue user = left.remove("enduser.id");
        putIfAny(document, "user", user == null ? "" : user.getStringValue());
        ExporterValues.write(document, left);
        links(document, span);
        return document;
    }

    private static Map<String, AnyValue> attributes(List<KeyValue> list) {
        Map<String, AnyValue> attributes = new LinkedHashMap<>();
        for (KeyValue each : list) {
            if (attributes.put(each.getKey(), each.getValue()) != null) {
                throw new IllegalStateException("the attribute " + Literal.of(each.getKey())
                        + " is there twice: which of the two the exporter takes is not defined");
            }
        }
        return attributes;
    }

    private static void putIfAny(ObjectNode node, String key, String value) {
        if (!value.isEmpty()) {
            node.put(key, value);
        }
    }

    static String text(Map<String, AnyValue> attributes, String key) {
        AnyValue value = attributes.get(key);
        return value == null ? "" : value.getStringValue();
    }

    private static String traceId(byte[] id) {
        String hex = HEX.formatHex(id);
        return "1-" + hex.substring(0, 8) + "-" + hex.substring(8);
    }

    private static boolean isAwsApi(Map<String, AnyValue> attributes) {
        return text(attributes, "rpc.system").equals("aws-api");
    }

    private static String name(Span span, Map<String, AnyValue> attributes, Map<String, AnyValue> resource) {
        String local = text(attributes, "aws.local.service");
        if (span.getKind() == SpanKind.SPAN_KIND_SERVER && !local.isEmpty()) {
            return REFUSED_IN_NAMES.matcher(local).replaceAll("");
        }
        String database = text(attributes, "db.name");
        if (attributes.containsKey("db.name")) {
            String host = GoUrl.host(text(attributes, "db.connection_string"));
            database += host.isEmpty() ? "" : "@" + host;
        }
        if (!database.isEmpty()) {
            return database;
        }
        if (span.getKind() == SpanKind.SPAN_KIND_SERVER
                && !text(resource, "service.name").isEmpty()) {
            return text(resource, "service.name");
        }
        if (!text(attributes, "rpc.service").isEmpty()) {
            return text(attributes, "rpc.service");
        }
        String name = REFUSED_IN_NAMES.matcher(span.getName()).replaceAll("");
        return name.isEmpty() ? "span" : name;
    }

    private static String namespace(Span span, Map<String, AnyValue> attributes) {
        if (isAwsApi(attributes)) {
            return "aws";
        }
        boolean call = span.getKind() == SpanKind.SPAN_KIND_CLIENT || span.getKind() == SpanKind.SPAN_KIND_PRODUCER;
        return call ? "remote" : "";
    }

    private static void flags(ObjectNode document, Span span, Map<String, AnyValue> attributes) {
        AnyValue status = attributes.get("http.response.status_code");
        long code = status == null ? 0 : status.getIntValue();
        boolean decides = code >= 400 && code <= 599;
        boolean failed = span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR;
        if (!span.getStatus().getMessage().isEmpty()) {
            throw new IllegalStateException("a status description would become an exception");
        }
        document.put("fault", decides ? code >= 500 : failed);
        document.put("error", decides && code < 500);
        document.put("throttle", code == 429);
    }

    private static void sql(ObjectNode document, Span span, Map<String, AnyValue> left) {
        Set<String> known = Set.of(
                "db2",
                "derby",
                "hive",
                "mariadb",
                "mssql",
                "mysql",
                "oracle",
                "postgresql",
                "sqlite",
                "teradata",
                "other_sql");
        String system = text(left, "db.system");
        if (!known.contains(system)) {
            return;
        }
        String server = text(left, "db.connection_string");
        ObjectNode sql = document.putObject("sql");
        putIfAny(sql, "url", span.getName());
        sql.put("connection_string", (server.isEmpty() ? "localhost" : server) + "/" + text(left, "db.name"));
        sql.put("database_type", system);
        putIfAny(sql, "user", text(left, "db.user"));
        putIfAny(sql, "sanitized_query", text(left, "db.statement"));
        left.keySet().removeAll(Set.of("db.system", "db.name", "db.connection_string", "db.user", "db.statement"));
    }

    private static void aws(ObjectNode document, Map<String, AnyValue> left) {
        ObjectNode aws = JSON.objectNode();
        Map<String, String> fields = Map.of(
                "rpc.method", "operation",
                "aws.region", "region",
                "aws.request_id", "request_id",
                "aws.queue_url", "queue_url",
                "aws.table_name", "table_name");
        fields.forEach((key, field) -> {
            putIfAny(aws, field, text(left, key));
            left.remove(key);
        });
        AnyValue tables = left.get("aws.dynamodb.table_names"); // stays in metadata, too
        if (tables != null) {
            tables.getArrayValue()
                    .getValuesList()
                    .forEach(table -> aws.withArray("table_names").add(table.getStringValue()));
        }
        if (!aws.isEmpty()) {
            document.set("aws", aws);
        }
    }

    private static void links(ObjectNode document, Span span) {
        for (Span.Link link : span.getLinksList()) {
            ObjectNode entry = document.withArray("links").addObject();
            entry.put("trace_id", traceId(link.getTraceId().toByteArray()));
            entry.put("id", HEX.formatHex(link.getSpanId().toByteArray()));
        }
    }
}
