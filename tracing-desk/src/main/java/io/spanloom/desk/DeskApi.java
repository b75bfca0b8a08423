package io.spanloom.desk;

import io.spanloom.desk.api.ApiException;
import io.spanloom.desk.api.XRayApi;
import io.spanloom.desk.filter.TraceElement;
import io.spanloom.desk.summary.HeldTrace;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the desk says of itself and its traces, for the command line and whoever else asks: {@code GET} below {@code /desk/}.
 * Reading, but for {@code DELETE /desk/traces}; what else changes anything is an operation of the X-Ray API. Safe for use by
 * several threads.
 */
final class DeskApi {
    static final String PREFIX = "/desk/";
    static final String TRACES = "traces";
    private static final int MAX_PAGE = 1_000;

    /** Documents of one page; a single trace may have more, and then it is a page alone. */
    private static final int PAGE_CHARACTERS = 4 * 1024 * 1024;

    private final TraceStore store;
    private final Supplier<Listening> listening;
    private final Counting counting;
    private final Inbox inbox;
    private final ShownLog shown;
    private final Activity activity;
    private final XRayApi xray;
    private final Why why;

    DeskApi(DeskState desk, XRayApi xray, Supplier<Listening> listening) {
        this.store = desk.store();
        this.listening = listening;
        this.counting = desk.counting();
        this.inbox = desk.inbox();
        this.shown = desk.shown();
        this.activity = desk.activity();
        this.xray = xray;
        this.why = new Why(desk, xray, listening);
    }

    /** @param path behind the prefix */
    Answer get(String path, Query query) throws ApiException {
        if (path.startsWith(TRACES + "/")) {
            return trace(path.substring(TRACES.length() + 1), query);
        }
        return switch (path) {
            case "info" -> Answer.json(200, info());
            case "stats" -> Answer.json(200, stats());
            case "inbox" -> Answer.json(200, inbox(query));
            case TRACES -> Answer.json(200, list(query));
            case "shown" -> Answer.json(200, shown(query));
            case "documents" -> Answer.json(200, documents(query));
            case "why" -> Answer.json(200, Map.of("findings", why.findings(query.text("id"))));
            default -> throw ApiException.notFound("the desk has nothing at " + PREFIX + Text.abbreviated(path, 60));
        };
    }

    /** Forgets all traces. Narrowed by nothing: whoever wants to keep some must not lose them by a parameter misspelt. */
    Answer clear(@Nullable String query) throws ApiException {
        if (query != null) {
            throw ApiException.invalid("DELETE forgets all traces; it takes no parameters");
        }
        return Answer.json(200, Map.of("cleared", store.clear()));
    }

    private Map<String, ?> info() {
        Listening now = listening.get();
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("version", Main.version());
        info.put("xray", Addresses.text(now.xray()));
        info.put("otlp", Addresses.text(now.otlp()));
        info.put("http", Addresses.text(now.http()));
        info.put("since", JsonLine.seconds(now.since()));
        info.put("file", now.file());
        return info;
    }

    private Map<String, ?> stats() {
        return DeskStats.json(
                counting.read(),
                store.occupancy(),
                activity.spillover(listening.get().xray().getPort()));
    }

    private Map<String, ?> inbox(Query query) throws ApiException {
        long after = query.whole("after", 0, 0, Long.MAX_VALUE);
        long limit = query.whole("limit", Inbox.MAX, 1, Inbox.MAX);
        List<Map<String, Object>> entries = inbox.newestFirst().stream()
                .filter(entry -> entry.number() > after)
                .limit(limit)
                .map(DeskApi::json)
                .toList();
        return Map.of("total", inbox.total(), "entries", entries);
    }

    private static Map<String, Object> json(Inbox.Entry entry) {
        Refused refused = entry.refused();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", entry.number());
        json.put("time", entry.millis() / 1e3);
        json.put("protocol", refused.protocol().text());
        json.put("reason", refused.reason().code());
        json.put("text", refused.reason().text());
        json.put("detail", refused.detail());
        json.put("bytes", refused.bytes());
        json.put("excerpt", refused.excerpt());
        return json;
    }

    private Map<String, ?> list(Query query) throws ApiException {
        int limit = (int) query.whole("limit", 100, 1, MAX_PAGE);
        List<HeldTrace> page = page(query, limit + 1);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("traces", page.stream().limit(limit).map(TraceRow::of).toList());
        answer.put("next", page.size() > limit ? page.get(limit - 1).sequence() : null);
        return answer;
    }

    /** The one of {@code id}, or those that pass {@code filter} and {@code group}, older than {@code before}, the newest first. */
    private List<HeldTrace> page(Query query, int most) throws ApiException {
        String id = query.text("id");
        if (id != null) {
            HeldTrace held = store.find(digits(id));
            if (held == null) {
                throw unknown(id);
            }
            return List.of(held);
        }
        Predicate<TraceElement> wanted = xray.filter(query.text("filter"), query.text("group"));
        long before = query.whole("before", Long.MAX_VALUE, 0, Long.MAX_VALUE);
        List<HeldTrace> page = new ArrayList<>();
        for (HeldTrace held : store.newestFirst()) {
            if (page.size() == most) {
                break;
            }
            if (held.sequence() < before && wanted.test(held.summary())) {
                page.add(held);
            }
        }
        return page;
    }

    private Map<String, ?> shown(Query query) throws ApiException {
        long after = query.whole("after", 0, 0, Long.MAX_VALUE);
        Predicate<TraceElement> wanted = xray.filter(query.text("filter"), query.text("group"));
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        // Before the entries: one that comes in between is of the next answer. A number beyond it is from before the
        // desk
        // was started anew.
        long last = shown.last();
        List<ShownLog.Entry> entries = shown.after(after, MAX_PAGE);
        for (ShownLog.Entry entry : entries) {
            HeldTrace held = store.find(entry.traceId());
            if (held != null && wanted.test(held.summary())) {
                Map<String, @Nullable Object> row = TraceRow.of(held);
                row.put("complete", entry.complete());
                row.put("again", entry.again());
                rows.add(row);
            }
        }
        long reached =
                entries.isEmpty() ? last : entries.get(entries.size() - 1).number();
        return Map.of("last", reached, "shown", rows);
    }

    private Map<String, ?> documents(Query query) throws ApiException {
        List<Map<String, Object>> traces = new ArrayList<>();
        long characters = 0;
        @Nullable Long next = null;
        List<HeldTrace> page = page(query, MAX_PAGE);
        for (HeldTrace held : page) {
            String id = held.summary().traceId();
            List<String> documents = store.documents(id).stream()
                    .map(document -> document.text(id))
                    .toList();
            traces.add(Map.of("id", TraceIds.toXRay(id), "documents", documents));
            characters += documents.stream().mapToLong(String::length).sum();
            next = held.sequence();
            if (characters > PAGE_CHARACTERS) {
                break;
            }
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("traces", traces);
        answer.put("next", traces.size() == page.size() && page.size() < MAX_PAGE ? null : next);
        return answer;
    }

    private Answer trace(String id, Query query) throws ApiException {
        Trace trace = store.trace(digits(id));
        if (trace == null) {
            throw unknown(id);
        }
        if ("text".equals(query.text("as"))) {
            return Answer.text(String.join("\n", printer(query).print(trace)) + "\n");
        }
        return new Answer(200, "application/json", JsonLine.of(trace).getBytes(StandardCharsets.UTF_8));
    }

    static String digits(String id) throws ApiException {
        String digits = TraceIds.digits(id);
        if (digits == null) {
            throw ApiException.invalid(
                    "\"" + Text.abbreviated(id, 60) + "\" is no trace id: expected 1-8hex-24hex or 32 hex digits");
        }
        return digits;
    }

    private static ApiException unknown(String id) {
        return ApiException.notFound("the desk holds no trace " + id);
    }

    /** As the one who asks wants it drawn. */
    private static TreePrinter printer(Query query) throws ApiException {
        Charset charset = "ascii".equals(query.text("glyphs")) ? StandardCharsets.US_ASCII : StandardCharsets.UTF_8;
        boolean colour = "true".equals(query.text("color"));
        int width = (int) query.whole("width", 100, 1, 10_000);
        return new TreePrinter(Glyphs.of(charset), colour, zone(query.text("zone")), width);
    }

    private static ZoneId zone(@Nullable String name) throws ApiException {
        try {
            return name == null ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw ApiException.invalid("zone " + Text.abbreviated(name, 60) + " is not known");
        }
    }
}
