package io.spanloom.e2e.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.Sql;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** docs/one-request.md shows one request of Cruddur's as both backends send it, with the same ids. */
class OneRequestTest {

    private static final Path PAGE = Path.of("..", "docs", "one-request.md");
    private static final String ROOT = "Root=1-6b014931-5b2f0c6a1d2e3f4a5b6c7d8e;Parent=00f067aa0ba902b7;Sampled=1";

    /** Span ids in the order of their start; they are chance, and so shown as numbers. */
    private final List<String> ids = new ArrayList<>();

    @Test
    void request_isSentInBothFormsWithTheSameIdsAsThePageShows() throws Exception {
        ObjectNode xray;
        ArrayNode otel;
        try (XRayPort daemon = new XRayPort();
                OtlpPort collector = new OtlpPort()) {
            System.setProperty("otel.exporter.otlp.endpoint", collector.endpoint());
            Tracing.reconfigure(TracingConfig.builder()
                    .alone()
                    .service("backend-java")
                    .backend("xray,otel")
                    .set("tracing.xray.daemon-address", daemon.address())
                    .set("tracing.otel.sdk", "own")
                    .build());
            home();
            assertThat(Tracing.flush(Duration.ofSeconds(30))).isTrue();
            List<JsonNode> documents = new ArrayList<>();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                documents.addAll(daemon.take());
                return !documents.isEmpty();
            });
            xray = (ObjectNode) documents.get(0);
            otel = spans(collector.take());
        } finally {
            Tracing.shutdown();
            System.clearProperty("otel.exporter.otlp.endpoint");
        }
        String page = Files.readString(PAGE);

        assertThat(shown(xray)).isEqualTo(block(page, 0));
        assertThat(shown(otel)).isEqualTo(block(page, 1));
    }

    private void home() {
        Http.Request request = Http.request("GET", "http://localhost:4567/api/activities/home");
        Map<String, String> headers = Map.of("X-Amzn-Trace-Id", ROOT);
        try (Span segment = known(Tracing.segment("GET /api/activities/home", request, headers, Map::get))) {
            Tracing.run("HomeActivities.run", run -> {
                known(run).annotation("user_handle", "andrewbrown");
                Tracing.run(
                        SpanSpec.named("SELECT activities").kind(io.spanloom.SpanKind.CLIENT),
                        query -> known(query)
                                .sql(Sql.on("postgresql", "cruddur")
                                        .server("postgresql://db:5432")
                                        .query("SELECT * FROM activities WHERE handle = ?")));
                run.metadata("activities", "results", 2);
            });
            segment.http(Http.response(200));
        }
    }

    private Span known(Span span) {
        ids.add(span.spanId());
        return span;
    }

    /** In the order in which they ended: an export groups them as it likes. */
    private static ArrayNode spans(List<byte[]> bodies) throws Exception {
        List<io.opentelemetry.proto.trace.v1.Span> ended = new ArrayList<>();
        for (byte[] body : bodies) {
            for (ResourceSpans resource :
                    ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
                for (ScopeSpans scope : resource.getScopeSpansList()) {
                    ended.addAll(scope.getSpansList());
                }
            }
        }
        ended.sort(Comparator.comparingLong(io.opentelemetry.proto.trace.v1.Span::getEndTimeUnixNano));
        ArrayNode spans = XRayPort.JSON.createArrayNode();
        ended.forEach(span -> write(span, spans.addObject()));
        return spans;
    }

    private static void write(io.opentelemetry.proto.trace.v1.Span span, ObjectNode json) {
        HexFormat hex = HexFormat.of();
        json.put("traceId", hex.formatHex(span.getTraceId().toByteArray()));
        json.put("spanId", hex.formatHex(span.getSpanId().toByteArray()));
        json.put("parentSpanId", hex.formatHex(span.getParentSpanId().toByteArray()));
        json.put("name", span.getName());
        json.put("kind", SpanKind.forNumber(span.getKindValue()).name());
        ObjectNode attributes = json.putObject("attributes");
        for (KeyValue each : span.getAttributesList()) {
            AnyValue value = each.getValue();
            switch (value.getValueCase()) {
                case STRING_VALUE -> attributes.put(each.getKey(), value.getStringValue());
                case INT_VALUE -> attributes.put(each.getKey(), value.getIntValue());
                case ARRAY_VALUE -> {
                    ArrayNode list = attributes.putArray(each.getKey());
                    value.getArrayValue().getValuesList().forEach(item -> list.add(item.getStringValue()));
                }
                default -> throw new IllegalStateException(each.toString());
            }
        }
    }

    /** As the page has it: ids by number, no times, nothing of the machine. */
    private String shown(JsonNode json) {
        json.findParents("start_time").forEach(node -> ((ObjectNode) node).remove(List.of("start_time", "end_time")));
        if (json instanceof ObjectNode segment) {
            segment.remove(List.of("service", "aws", "origin"));
        }
        String text = json.toPrettyString();
        for (int i = 0; i < ids.size(); i++) {
            text = text.replace(ids.get(i), "00000000000000a" + i);
        }
        return text;
    }

    private static String block(String page, int index) {
        return page.split("```json\n")[index + 1].split("\n```")[0];
    }
}
