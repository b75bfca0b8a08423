package io.spanloom.desk.api;

import io.spanloom.desk.summary.HeldTrace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Documents in and out. */
final class Segments {
    /** What the service takes at once (BatchGetTraces). */
    private static final int MAX_IDS = 5;

    /** The daemon and the collector send 50; the service's limit is not published. */
    private static final int MAX_DOCUMENTS = 1_000;

    private final Traces traces;

    Segments(Traces traces) {
        this.traces = traces;
    }

    Map<String, ?> put(Request request) throws ApiException {
        List<Map<String, Object>> unprocessed = new ArrayList<>();
        for (String document : request.requiredTexts("TraceSegmentDocuments", MAX_DOCUMENTS)) {
            Traces.Refusal refusal = traces.put(document);
            if (refusal != null) {
                Map<String, Object> json = new LinkedHashMap<>();
                if (refusal.id() != null) {
                    json.put("Id", refusal.id());
                }
                json.put("ErrorCode", refusal.code());
                json.put("Message", refusal.message());
                unprocessed.add(json);
            }
        }
        return Map.of("UnprocessedTraceSegments", unprocessed);
    }

    /** Checked and let go: the service has no operation either that would give them back. */
    Map<String, ?> putTelemetry(Request request) throws ApiException {
        if (!request.has("TelemetryRecords")) {
            throw request.invalid("TelemetryRecords", "is missing");
        }
        for (Request telemetry : request.objects("TelemetryRecords", MAX_DOCUMENTS)) {
            double unusedTime = telemetry.requiredTime("Timestamp");
        }
        return Map.of();
    }

    Map<String, ?> batchGet(Request request) throws ApiException {
        List<Map<String, Object>> found = new ArrayList<>();
        List<String> unprocessed = new ArrayList<>();
        for (String id : request.requiredTexts("TraceIds", MAX_IDS)) {
            String digits = traces.digits(id);
            HeldTrace held = digits == null ? null : traces.find(digits);
            if (held == null) {
                unprocessed.add(id);
            } else {
                found.add(trace(held));
            }
        }
        return Map.of("Traces", found, "UnprocessedTraceIds", unprocessed);
    }

    private Map<String, Object> trace(HeldTrace held) {
        String id = held.summary().traceId();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("Id", traces.xrayId(id));
        double duration = held.summary().duration();
        if (!Double.isNaN(duration)) {
            json.put("Duration", duration);
        }
        json.put("LimitExceeded", false);
        List<Map<String, Object>> segments = new ArrayList<>();
        for (Traces.SegmentDocument document : traces.documents(id)) {
            segments.add(Map.of("Id", document.id(), "Document", document.document()));
        }
        json.put("Segments", segments);
        return json;
    }
}
