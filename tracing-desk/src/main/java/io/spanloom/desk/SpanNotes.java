package io.spanloom.desk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is written below a span: how it failed, the call it made, annotations, metadata. Values are abbreviated. */
final class SpanNotes {
    private static final int MAX_VALUE = 60;
    private static final int MAX_EXCEPTIONS = 8;
    private static final int MAX_METADATA = 12;

    private final Glyphs glyphs;

    SpanNotes(Glyphs glyphs) {
        this.glyphs = glyphs;
    }

    /** One note, which takes one line. */
    record Note(String mark, String text, Ink ink) {}

    List<Note> of(TraceSpan span) {
        List<Note> notes = new ArrayList<>();
        addExceptions(span, notes);
        addRequest(span, notes);
        addDetails(span, notes);
        if (!span.annotations().isEmpty()) {
            notes.add(new Note(glyphs.annotation(), fields(span.annotations()), Ink.PLAIN));
        }
        addMetadata(span, notes);
        return notes;
    }

    private void addExceptions(TraceSpan span, List<Note> notes) {
        Ink ink = span.ok() ? Ink.ERROR : Ink.of(span);
        List<TraceSpan.Thrown> exceptions = span.exceptions();
        for (int i = 0; i < Math.min(exceptions.size(), MAX_EXCEPTIONS); i++) {
            TraceSpan.Thrown thrown = exceptions.get(i);
            boolean both = !thrown.type().isEmpty() && !thrown.message().isEmpty();
            notes.add(new Note(
                    i == 0 ? glyphs.thrown() : glyphs.cause(),
                    thrown.type() + (both ? ": " : "") + thrown.message(),
                    ink));
        }
        addMore(exceptions.size() - MAX_EXCEPTIONS, "exception", notes);
    }

    private void addRequest(TraceSpan span, List<Note> notes) {
        Map<String, Object> request = span.http().getOrDefault("request", Map.of());
        if (!request.isEmpty()) {
            String call =
                    (JsonValues.asText(request.get("method")) + " " + JsonValues.asText(request.get("url"))).trim();
            String client = JsonValues.asText(request.get("client_ip"));
            String text = client.isEmpty() ? call : call + "  from " + client;
            notes.add(new Note(glyphs.detail(), text.trim(), Ink.FAINT));
        }
    }

    private void addDetails(TraceSpan span, List<Note> notes) {
        span.details().forEach((key, value) -> {
            if (key.equals(TraceSpan.LINKS)) {
                return; // ids, which say nothing at a terminal
            }
            String text = value instanceof Map ? detail(JsonValues.asObject(value)) : JsonLine.ofValue(value);
            notes.add(new Note(glyphs.detail(), key + "  " + text, Ink.FAINT));
        });
    }

    /** The query of a database call comes first and as it is: a short line shows little else. */
    private static String detail(Map<String, Object> fields) {
        Map<String, Object> rest = new LinkedHashMap<>(fields);
        return rest.remove("sanitized_query") instanceof String query
                ? (query + "  " + fields(rest)).trim()
                : fields(fields);
    }

    private void addMetadata(TraceSpan span, List<Note> notes) {
        int[] count = {0};
        span.metadata()
                .forEach((namespace, values) -> values.forEach((key, value) -> {
                    if (count[0]++ < MAX_METADATA) {
                        String name = namespace.equals("default") ? key : namespace + "." + key;
                        notes.add(new Note(glyphs.metadata(), name + " = " + JsonLine.ofValue(value), Ink.FAINT));
                    }
                }));
        addMore(count[0] - MAX_METADATA, "metadata value", notes);
    }

    private void addMore(int more, String noun, List<Note> notes) {
        if (more > 0) {
            notes.add(new Note(glyphs.metadata(), "and " + Text.counted(more, "more " + noun), Ink.FAINT));
        }
    }

    private static String fields(Map<String, ? extends @Nullable Object> fields) {
        StringBuilder text = new StringBuilder();
        fields.forEach((key, value) -> {
            String shown = value instanceof String string ? string : JsonLine.ofValue(value);
            text.append(text.length() == 0 ? "" : "  ")
                    .append(key)
                    .append(" = ")
                    .append(Text.abbreviated(shown, MAX_VALUE));
        });
        return text.toString();
    }
}
