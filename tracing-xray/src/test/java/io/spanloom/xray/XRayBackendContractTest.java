package io.spanloom.xray;

import com.amazonaws.xray.AWSXRay;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Outcome;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.test.contract.BackendContract;
import io.spanloom.test.contract.ObservedSpan;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** What every backend must do, seen at the daemon's port. */
class XRayBackendContractTest extends BackendContract {

    private final LocalDaemon daemon = new LocalDaemon();
    private @Nullable Backend backend;

    @AfterEach
    void closeDaemon() {
        daemon.close();
    }

    @Override
    protected Backend create(TracingConfig config) {
        backend = new XRayBackend(config.service(), config.sampler(), daemon.address());
        return backend;
    }

    /** Slow is not among them: UDP never makes its sender wait. */
    @Override
    protected boolean receiver(Receiver receiver) {
        if (receiver == Receiver.DEAD) {
            daemon.stop();
        } else if (receiver == Receiver.RUNNING) {
            daemon.startAgain();
        }
        return receiver != Receiver.SLOW;
    }

    @Override
    protected @Nullable Object libraryCurrent() {
        return AWSXRay.getTraceEntity();
    }

    /** A later document of an id replaces an earlier one, as it does in X-Ray. */
    @Override
    protected List<ObservedSpan> awaitSpans(int count) {
        long delivered = Objects.requireNonNull(backend).stats().delivered();
        Map<String, ObservedSpan> byId = new LinkedHashMap<>();
        for (ObjectNode document : LocalDaemon.flat(daemon.await(delivered))) {
            byId.put(document.get("id").asText(), observed(document));
        }
        return List.copyOf(byId.values());
    }

    private static ObservedSpan observed(ObjectNode document) {
        boolean segment = !document.path("type").asText().equals("subsegment");
        JsonNode operation = document.path("metadata").path("spanloom").path("operation");
        String name = document.get("name").asText();
        ObservedSpan.Builder span = ObservedSpan.named(
                        operation.isTextual() ? operation.asText() : name,
                        document.get("trace_id").asText().substring(2).replace("-", ""),
                        document.get("id").asText())
                .parent(document.path("parent_id").asText(null))
                .segment(segment)
                .service(operation.isTextual() ? name : null)
                .namespace(document.path("namespace").asText(null))
                .times(micros(document.get("start_time")), micros(document.get("end_time")))
                .outcome(outcome(document))
                .user(document.path("user").asText(null));
        document.path("annotations")
                .properties()
                .forEach(entry -> span.annotation(entry.getKey(), plain(entry.getValue())));
        document.path("metadata")
                .properties()
                .forEach(namespace -> namespace
                        .getValue()
                        .properties()
                        .forEach(value -> span.metadata(
                                namespace.getKey(),
                                value.getKey(),
                                value.getValue().toString())));
        for (JsonNode thrown : document.path("cause").path("exceptions")) {
            span.exception(thrown.get("type").asText(), thrown.get("message").asText());
        }
        http(span, document.path("http"));
        sql(span, document.path("sql"));
        return span.build();
    }

    private static void http(ObservedSpan.Builder span, JsonNode http) {
        for (String block : List.of("request", "response")) {
            http.path(block).properties().forEach(entry -> {
                if (!entry.getKey().equals("x_forwarded_for")) {
                    span.http(entry.getKey(), plain(entry.getValue()));
                }
            });
        }
    }

    private static void sql(ObservedSpan.Builder span, JsonNode sql) {
        if (sql.isObject()) {
            String connection = sql.get("connection_string").asText();
            int slash = connection.lastIndexOf('/');
            span.sql("system", sql.get("database_type").asText())
                    .sql("database", connection.substring(slash + 1))
                    .sql("server", connection.substring(0, slash))
                    .sql("user", sql.path("user").asText(null))
                    .sql("query", sql.path("sanitized_query").asText(null));
        }
    }

    private static Outcome outcome(ObjectNode document) {
        if (document.path("fault").asBoolean()) {
            return Outcome.FAULT;
        }
        if (document.path("throttle").asBoolean()) {
            return Outcome.THROTTLE;
        }
        return document.path("error").asBoolean() ? Outcome.ERROR : Outcome.OK;
    }

    private static Object plain(JsonNode value) {
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        return value.isIntegralNumber()
                ? value.asLong()
                : value.isNumber() ? (Object) value.asDouble() : value.asText();
    }

    private static long micros(JsonNode seconds) {
        return new BigDecimal(seconds.asText()).movePointRight(6).longValue();
    }
}
