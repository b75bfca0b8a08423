package io.spanloom.desk.page;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spanloom.desk.Trace;
import io.spanloom.desk.TraceSpan;
import io.spanloom.desk.filter.FilterException;
import io.spanloom.desk.filter.Keyword;
import io.spanloom.desk.summary.Entity;
import io.spanloom.desk.summary.HeldTrace;
import io.spanloom.desk.summary.ServiceGraph;
import io.spanloom.desk.summary.TraceSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The questions of the page, each by a path of its own below {@code /page/api/}. */
final class PageApi {
    /** Names to complete come from the traces seen last. */
    private static final int SEEN_FOR_WORDS = 2_000;

    private static final int MAX_WORDS = 300;
    private static final int MAX_FOUND = 200_000;

    private final PageSource source;

    PageApi(PageSource source) {
        this.source = source;
    }

    /** Null if there is no such question, or no such trace. */
    PageJson.@Nullable Content answer(String question, PageQuery query) throws FilterException {
        return switch (question) {
            case "traces" -> traces(query);
            case "check" -> check(query);
            case "words" -> this::words;
            case "graph" -> graph(query);
            case "status" -> json -> DeskStatus.write(json, source);
            case "trace" -> trace(query);
            case "revision" -> revision(query);
            case "span" -> span(query);
            case "find" -> find(query);
            case "documents" -> documents(query);
            default -> null;
        };
    }

    private PageJson.Content traces(PageQuery query) throws FilterException {
        TraceQuery wanted = TraceQuery.of(query, source);
        List<HeldTrace> all = source.newestFirst();
        List<HeldTrace> found = new ArrayList<>();
        long newest = 0;
        for (HeldTrace held : all) {
            newest = Math.max(newest, held.updatedMillis());
            if (wanted.wants(held)) {
                found.add(held);
            }
        }
        found.sort(wanted.order());
        long at = newest;
        return json -> {
            json.writeNumberField("at", at);
            json.writeNumberField("now", System.currentTimeMillis());
            json.writeNumberField("held", all.size());
            json.writeNumberField("found", found.size());
            json.writeArrayFieldStart("rows");
            for (int i = 0; i < Math.min(found.size(), wanted.limit()); i++) {
                TraceRow.write(json, found.get(i));
            }
            json.writeEndArray();
        };
    }

    private PageJson.Content check(PageQuery query) throws FilterException {
        var unused = source.filter(query.text("filter"));
        return json -> json.writeBooleanField("ok", true);
    }

    private void words(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("keywords");
        for (Keyword keyword : Keyword.values()) {
            json.writeString(keyword.text());
        }
        json.writeEndArray();
        Set<String> services = new TreeSet<>();
        Set<String> annotations = new TreeSet<>();
        int seen = 0;
        for (HeldTrace held : source.newestFirst()) {
            if (seen++ == SEEN_FOR_WORDS) {
                break;
            }
            for (Entity service : held.summary().services()) {
                addWord(services, service.name());
            }
            for (TraceSpan span : held.summary().spans()) {
                span.annotations().keySet().forEach(key -> addWord(annotations, key));
            }
        }
        PageJson.field(json, "services", services);
        PageJson.field(json, "annotations", annotations);
    }

    private static void addWord(Set<String> words, String word) {
        if (words.size() < MAX_WORDS && word.length() <= 200) {
            words.add(word);
        }
    }

    private PageJson.Content graph(PageQuery query) throws FilterException {
        TraceQuery wanted = TraceQuery.of(query, source);
        List<TraceSummary> found = new ArrayList<>();
        double first = Double.POSITIVE_INFINITY;
        double last = Double.NEGATIVE_INFINITY;
        for (HeldTrace held : source.newestFirst()) {
            if (wanted.wants(held)) {
                found.add(held.summary());
                first = Math.min(first, held.summary().start());
                last = Math.max(last, held.summary().start());
            }
        }
        double start = found.isEmpty() ? Double.NaN : first;
        double end = found.isEmpty() ? Double.NaN : last;
        return json -> {
            json.writeNumberField("traces", found.size());
            PageJson.seconds(json, "first", start);
            PageJson.seconds(json, "last", end);
            PageJson.field(json, "services", ServiceGraph.of(found).json());
        };
    }

    private @Nullable Trace find(String id) {
        String digits = source.digits(id);
        return digits == null ? null : source.trace(digits);
    }

    private PageJson.@Nullable Content trace(PageQuery query) {
        Trace trace = find(query.text("id"));
        return trace == null ? null : json -> TraceColumns.write(json, trace);
    }

    /** Whether a trace has changed since it was read. */
    private PageJson.@Nullable Content revision(PageQuery query) {
        String digits = source.digits(query.text("id"));
        HeldTrace held = digits == null ? null : source.find(digits);
        if (held == null) {
            return null;
        }
        return json -> {
            json.writeNumberField("revision", held.revision());
            json.writeNumberField("spans", held.summary().spans().size());
        };
    }

    private PageJson.@Nullable Content span(PageQuery query) {
        Trace trace = find(query.text("id"));
        if (trace == null) {
            return null;
        }
        Map<String, TraceSpan> spans = new HashMap<>();
        trace.spans().forEach(span -> spans.put(span.id(), span));
        TraceSpan span = spans.get(query.text("span"));
        if (span == null) {
            return null;
        }
        Map<String, Supplier<String>> documents = source.documents(trace.traceId());
        return json -> SpanJson.write(json, span, documentOf(span, spans, documents));
    }

    /** Its own, or that of the nearest ancestor which has one: the span is embedded there. */
    private static @Nullable String documentOf(
            TraceSpan span, Map<String, TraceSpan> spans, Map<String, Supplier<String>> documents) {
        TraceSpan at = span;
        for (int steps = 0; at != null && steps <= spans.size(); steps++) {
            Supplier<String> document = documents.get(at.id());
            if (document != null) {
                return document.get();
            }
            String parent = at.parentId();
            at = parent == null ? null : spans.get(parent);
        }
        return null;
    }

    /** The rows of the waterfall whose names or values hold a text, whatever its case. */
    private PageJson.@Nullable Content find(PageQuery query) {
        Trace trace = find(query.text("id"));
        if (trace == null) {
            return null;
        }
        String text = query.text("q").toLowerCase(Locale.ROOT);
        return json -> {
            json.writeArrayFieldStart("rows");
            List<TraceSpan> spans = trace.spans();
            for (int i = 0; i < Math.min(spans.size(), MAX_FOUND); i++) {
                if (holds(spans.get(i), text)) {
                    json.writeNumber(i);
                }
            }
            json.writeEndArray();
        };
    }

    private static boolean holds(TraceSpan span, String text) {
        String service = span.service();
        return has(span.name(), text)
                || has(span.id(), text)
                || (service != null && has(service, text))
                || SpanValues.any(span, (path, key, value) -> has(path, text) || has(value, text));
    }

    private static boolean has(String value, String text) {
        return value.toLowerCase(Locale.ROOT).contains(text);
    }

    private PageJson.@Nullable Content documents(PageQuery query) {
        String digits = source.digits(query.text("id"));
        Map<String, Supplier<String>> documents = digits == null ? Map.of() : source.documents(digits);
        return documents.isEmpty()
                ? null
                : json -> PageJson.field(
                        json,
                        "documents",
                        documents.values().stream().map(Supplier::get).toList());
    }
}
