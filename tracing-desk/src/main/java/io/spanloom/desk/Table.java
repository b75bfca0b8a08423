package io.spanloom.desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Traces as lines of a table. */
final class Table {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    private static final int ENTRY = 44;

    private final ZoneId zone;

    Table(ZoneId zone) {
        this.zone = zone;
    }

    String heading() {
        return line("BEGAN", "TOOK", "OUTCOME", "SPANS", "ENTRY", "TRACE");
    }

    /** @param row as {@link TraceRow} makes it */
    String row(JsonNode row) {
        JsonNode duration = row.path("duration");
        return line(
                TIME.format(instant(row.path("start")).atZone(zone)),
                duration.isNumber()
                        ? Durations.text(Duration.ofNanos((long) (duration.asDouble() * 1e9)))
                                .trim()
                        : "running",
                row.path("partial").asBoolean()
                        ? "partial"
                        : row.path("outcome").asText(),
                row.path("spans").asText(),
                Text.abbreviated(entry(row), ENTRY),
                row.path("id").asText());
    }

    private static String entry(JsonNode row) {
        String service = row.path("service").asText();
        String name = row.path("name").asText();
        String called = row.path("method").isNull() ? name : row.path("method").asText() + " " + path(row);
        String status =
                row.path("status").isNull() ? "" : " " + row.path("status").asText();
        return service.equals(called) ? service + status : service + "  " + called + status;
    }

    /** The address without its beginning, which is the same for all. */
    private static String path(JsonNode row) {
        return row.path("url").asText().replaceFirst("^[a-z]+://[^/]*", "").replaceFirst("\\?.*$", "");
    }

    static Instant instant(JsonNode seconds) {
        return Instant.ofEpochMilli(Math.round(seconds.asDouble() * 1e3));
    }

    private static String line(String began, String took, String outcome, String spans, String entry, String id) {
        return String.format(Locale.ROOT, "%-12s  %8s  %-8s  %5s  %-44s  %s", began, took, outcome, spans, entry, id);
    }
}
