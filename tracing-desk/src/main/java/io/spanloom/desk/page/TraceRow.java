package io.spanloom.desk.page;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spanloom.desk.filter.Keyword;
import io.spanloom.desk.summary.Entity;
import io.spanloom.desk.summary.HeldTrace;
import io.spanloom.desk.summary.Http;
import io.spanloom.desk.summary.TraceSummary;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** A trace as a line of the list. */
final class TraceRow {
    private static final int MAX_SERVICES = 8;
    private static final int MAX_TEXT = 300;

    private TraceRow() {}

    static void write(JsonGenerator json, HeldTrace held) throws IOException {
        TraceSummary trace = held.summary();
        Entity entry = trace.entry();
        json.writeStartObject();
        json.writeStringField("id", trace.traceId());
        json.writeNumberField("seq", held.sequence());
        json.writeNumberField("rev", held.revision());
        PageJson.seconds(json, "start", trace.start());
        PageJson.seconds(json, "duration", trace.duration());
        PageJson.seconds(json, "response", entry.responseTime());
        json.writeStringField("name", cut(entry.span().name()));
        json.writeStringField("service", cut(entry.name()));
        json.writeNumberField("spans", trace.spans().size());
        json.writeNumberField("flags", flags(trace));
        writeHttp(json, trace, entry);
        writeServices(json, trace);
        json.writeEndObject();
    }

    private static int flags(TraceSummary trace) {
        int flags = (trace.flag(Keyword.ERROR) ? SpanFlags.ERROR : 0)
                | (trace.flag(Keyword.FAULT) ? SpanFlags.FAULT : 0)
                | (trace.flag(Keyword.THROTTLE) ? SpanFlags.THROTTLE : 0)
                | (trace.partial() ? SpanFlags.IN_PROGRESS : 0);
        // A root whose parent has not come: the list shows the trace before it is whole.
        return trace.entry().span().parentId() == null ? flags : flags | SpanFlags.ORPHAN;
    }

    private static void writeHttp(JsonGenerator json, TraceSummary trace, Entity entry) throws IOException {
        String method = Http.text(entry.span(), Keyword.HTTP_METHOD);
        String url = Http.text(entry.span(), Keyword.HTTP_URL);
        double status = trace.number(Keyword.HTTP_STATUS);
        if (method != null) {
            json.writeStringField("method", cut(method));
        }
        if (url != null) {
            json.writeStringField("url", cut(url));
        }
        if (!Double.isNaN(status)) {
            json.writeNumberField("status", (int) status);
        }
    }

    private static void writeServices(JsonGenerator json, TraceSummary trace) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        for (Entity service : trace.services()) {
            names.add(cut(service.name()));
        }
        json.writeArrayFieldStart("services");
        int count = 0;
        for (String name : names) {
            if (count++ < MAX_SERVICES) {
                json.writeString(name);
            }
        }
        json.writeEndArray();
        json.writeNumberField("moreServices", Math.max(0, names.size() - MAX_SERVICES));
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }
}
