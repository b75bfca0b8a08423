package io.spanloom.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spanloom.desk.api.ServiceLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the X-Ray service would refuse, drop or cut of documents, before they are sent to it. The limits are those of the
 * developer guide ("Segment documents", "Service quotas"). A document that the desk took may well be refused there: the desk
 * keeps what it can show.
 *
 * <p>Not safe for use by several threads.
 */
final class Lint {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
    private static final ObjectMapper JSON = new ObjectMapper(JsonValues.FACTORY);

    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Totals> traces = new LinkedHashMap<>();
    private long documents;
    private String trace = "?";
    private String span = "?";

    Lint(Instant now) {
        this.now = now;
    }

    long documents() {
        return documents;
    }

    void add(String document) {
        documents++;
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        JsonNode head;
        try {
            head = JSON.readTree(bytes);
        } catch (IOException e) {
            trace = "?";
            span = "?";
            refused("json", "the document is not JSON");
            return;
        }
        trace = head.path("trace_id").asText("?");
        span = head.path("id").asText("?");
        checkWhole(bytes);
        checkTraceId();
        traces.computeIfAbsent(trace, id -> new Totals()).bytes += bytes.length;
        Deque<JsonNode> open = new ArrayDeque<>();
        open.push(head);
        while (!open.isEmpty()) {
            JsonNode node = open.pop();
            span = node.path("id").asText("?");
            checkSpan(node);
            node.path("subsegments").forEach(open::push);
        }
    }

    /** What can be said only once all documents of a trace are known, too. */
    List<Finding> finish() {
        traces.forEach((id, totals) -> {
            trace = id;
            span = "-";
            if (totals.keys.size() > ServiceLimits.ANNOTATIONS) {
                add(
                        "dropped",
                        "annotation-count",
                        totals.keys.size() + " annotation keys; " + ServiceLimits.ANNOTATIONS
                                + " of a trace are indexed");
            }
            if (totals.bytes > ServiceLimits.TRACE_BYTES) {
                refused("trace-size", totals.bytes + " bytes in all; a trace may have " + ServiceLimits.TRACE_BYTES);
            }
        });
        traces.clear();
        return List.copyOf(findings);
    }

    private void checkWhole(byte[] document) {
        if (document.length > ServiceLimits.DOCUMENT_BYTES) {
            refused("size", document.length + " bytes; a document may have " + ServiceLimits.DOCUMENT_BYTES);
            return;
        }
        try {
            Received unused = SegmentReader.read(document, 0, document.length);
        } catch (RejectedException e) {
            refused(e.reason().code(), e.reason().text() + (e.detail().isEmpty() ? "" : ": " + e.detail()));
        }
    }

    private void checkTraceId() {
        String digits = TraceIds.fromXRay(trace);
        if (digits == null) {
            return;
        }
        Instant made = Instant.ofEpochSecond(Long.parseLong(digits.substring(0, 8), 16));
        if (made.isBefore(now.minus(KEPT))) {
            refused(
                    "id-age",
                    "the trace id was made " + Duration.between(made, now).toDays()
                            + " days ago by its first 8 digits; traces are kept 30 days");
        } else if (made.isAfter(now.plus(AHEAD))) {
            refused(
                    "id-age",
                    "the trace id was made " + Duration.between(now, made).toMinutes()
                            + " minutes from now by its first 8 digits");
        }
    }

    private void checkSpan(JsonNode node) {
        if (!node.path("id").isMissingNode() && !ID.matcher(span).matches()) {
            refused("id", "id \"" + span + "\" is not 16 lower-case hex digits");
        }
        checkName(node.path("name").asText());
        checkTimes(node);
        checkText(node.path("user"), "user");
        for (String field : List.of("url", "user_agent", "client_ip", "method")) {
            checkText(node.path("http").path("request").path(field), "http.request." + field);
        }
        JsonNode status = node.path("http").path("response").path("status");
        if (!status.isMissingNode() && !status.isIntegralNumber()) {
            add("dropped", "status", "http.response.status is no whole number");
        }
        String namespace = node.path("namespace").asText("aws");
        if (!namespace.equals("aws") && !namespace.equals("remote")) {
            add("dropped", "namespace", "namespace \"" + namespace + "\" is neither aws nor remote");
        }
        checkAnnotations(node.path("annotations"));
    }

    private void checkName(String name) {
        if (ServiceLimits.length(name) > ServiceLimits.NAME) {
            add(
                    "cut",
                    "name-length",
                    "the name has " + ServiceLimits.length(name) + " characters; allowed are " + ServiceLimits.NAME);
        }
        if (!ServiceLimits.hasNameCharacters(name)) {
            add(
                    "cut",
                    "name-characters",
                    "name \"" + Text.abbreviated(name, 60) + "\" has characters other than "
                            + ServiceLimits.NAME_CHARACTERS);
        }
    }

    private void checkTimes(JsonNode node) {
        boolean progress = node.path("in_progress").asBoolean();
        JsonNode end = node.path("end_time");
        if (end.isMissingNode() && !progress) {
            refused("end", "neither end_time nor in_progress");
        } else if (!end.isMissingNode() && progress) {
            refused("end", "both end_time and in_progress");
        } else if (end.isNumber() && end.asDouble() < node.path("start_time").asDouble()) {
            refused("end", "it ends before it starts");
        }
    }

    private void checkText(JsonNode value, String what) {
        if (value.isTextual() && value.asText().length() > ServiceLimits.TEXT) {
            add(
                    "cut",
                    "length",
                    what + " has " + value.asText().length() + " characters; " + ServiceLimits.TEXT + " are kept");
        }
    }

    private void checkAnnotations(JsonNode annotations) {
        Set<String> keys = traces.computeIfAbsent(trace, id -> new Totals()).keys;
        for (Map.Entry<String, JsonNode> annotation : annotations.properties()) {
            String key = annotation.getKey();
            String shown = "annotation \"" + Text.abbreviated(key, 60) + "\"";
            JsonNode value = annotation.getValue();
            keys.add(key);
            if (!ServiceLimits.hasKeyCharacters(key)) {
                add("dropped", "annotation-key", shown + " has characters other than " + ServiceLimits.KEY_CHARACTERS);
            }
            if (key.length() > ServiceLimits.ANNOTATION_KEY) {
                add(
                        "dropped",
                        "annotation-key",
                        shown + " has a key of more than " + ServiceLimits.ANNOTATION_KEY + " characters");
            }
            if (value.isContainerNode() || value.isNull()) {
                add("dropped", "annotation-value", shown + " is neither text, number nor boolean");
            } else if (value.asText().length() > ServiceLimits.ANNOTATION_VALUE) {
                add(
                        "cut",
                        "annotation-value",
                        shown + " has " + value.asText().length() + " characters; " + ServiceLimits.ANNOTATION_VALUE
                                + " are kept");
            }
        }
    }

    private void refused(String rule, String text) {
        add("refused", rule, text);
    }

    private void add(String severity, String rule, String text) {
        findings.add(new Finding(trace, span, severity, rule, text));
    }

    /** Of all documents of a trace. */
    private static final class Totals {
        private final Set<String> keys = new LinkedHashSet<>();
        private long bytes;
    }

    /**
     * Something that would go wrong.
     *
     * @param trace the id as the document has it; {@code ?} if it has none
     * @param span the id; {@code ?} if it has none, {@code -} for the trace as a whole
     * @param severity {@code refused} (the document, or the trace), {@code dropped} (that field) or {@code cut}
     * @param rule which limit, for programs
     * @param text for people
     */
    record Finding(String trace, String span, String severity, String rule, String text) {}
}
