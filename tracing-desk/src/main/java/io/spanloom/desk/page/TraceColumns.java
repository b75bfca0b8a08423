package io.spanloom.desk.page;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spanloom.desk.Trace;
import io.spanloom.desk.TraceSpan;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A whole trace by columns: what the waterfall draws, and nothing of what only the panel of one span shows. Texts are told
 * once; a trace of 100,000 spans takes some 6 MB.
 */
final class TraceColumns {
    private static final int MAX_TEXT = 300;

    private final Trace trace;
    private final Map<String, Integer> texts = new LinkedHashMap<>();
    private final Map<String, Integer> rows = new HashMap<>();

    private TraceColumns(Trace trace) {
        this.trace = trace;
    }

    static void write(JsonGenerator json, Trace trace) throws IOException {
        new TraceColumns(trace).write(json);
    }

    private void write(JsonGenerator json) throws IOException {
        List<TraceSpan> spans = trace.spans();
        long start = Long.MAX_VALUE;
        for (int i = 0; i < spans.size(); i++) {
            rows.put(spans.get(i).id(), i);
            start = Math.min(start, PageJson.micros(spans.get(i).start()));
        }
        long zero = start;
        json.writeStringField("id", trace.traceId());
        json.writeStringField("xrayId", trace.xrayId());
        json.writeBooleanField("complete", trace.complete());
        json.writeNumberField("start", zero);
        json.writeArrayFieldStart("ids");
        for (TraceSpan span : spans) {
            json.writeString(span.id());
        }
        json.writeEndArray();
        column(json, "parents", span -> row(span.parentId()));
        column(json, "names", span -> text(span.name()));
        column(json, "services", span -> text(span.service() == null ? "" : span.service()));
        column(json, "starts", span -> PageJson.micros(span.start()) - zero);
        column(json, "ends", span -> {
            var end = span.end();
            return end == null ? -1 : Math.max(0, PageJson.micros(end) - zero);
        });
        column(json, "flags", span -> SpanFlags.of(span) | orphan(span));
        json.writeArrayFieldStart("texts");
        for (String text : texts.keySet()) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private void column(JsonGenerator json, String name, ToLongFunction<TraceSpan> value) throws IOException {
        json.writeArrayFieldStart(name);
        for (TraceSpan span : trace.spans()) {
            json.writeNumber(value.applyAsLong(span));
        }
        json.writeEndArray();
    }

    private int row(@Nullable String id) {
        return id == null ? -1 : rows.getOrDefault(id, -1);
    }

    private int orphan(TraceSpan span) {
        return span.parentId() != null && row(span.parentId()) < 0 ? SpanFlags.ORPHAN : 0;
    }

    private int text(String text) {
        String shown = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
        return texts.computeIfAbsent(shown, t -> texts.size());
    }
}
