package io.spanloom.desk.page;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spanloom.desk.DeskCounters;
import io.spanloom.desk.Rejection;
import java.io.IOException;
import java.util.Map;

/** What the desk has done so far, and where it listens. */
final class DeskStatus {
    private DeskStatus() {}

    static void write(JsonGenerator json, PageSource source) throws IOException {
        DeskCounters counters = source.counters();
        json.writeObjectFieldStart("desk");
        json.writeNumberField("received", counters.received());
        json.writeNumberField("kept", counters.kept());
        json.writeNumberField("duplicates", counters.duplicates());
        json.writeNumberField("late", counters.late());
        json.writeNumberField("evicted", counters.evicted());
        json.writeNumberField("cleared", counters.cleared());
        json.writeNumberField("finished", counters.finished());
        json.writeNumberField("held", source.held());
        json.writeNumberField("maxTraces", source.maxTraces());
        json.writeNumberField("maxBytes", source.maxBytes());
        json.writeArrayFieldStart("rejected");
        for (Map.Entry<Rejection, Long> entry : counters.rejected().entrySet()) {
            json.writeStartObject();
            json.writeStringField("reason", entry.getKey().name());
            json.writeStringField("text", entry.getKey().text());
            json.writeNumberField("count", entry.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        PageJson.field(json, "addresses", source.addresses());
        json.writeEndObject();
    }
}
