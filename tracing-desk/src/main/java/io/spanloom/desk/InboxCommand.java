package io.spanloom.desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tracing-desk inbox}: what a running desk has refused, and why. */
@Command(
        name = "inbox",
        description =
                "Prints what a running desk has refused, the newest first, each with its reason and its beginning.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InboxCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    private static final int EXCERPT = 160;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DeskOption desk;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many, up to 500. Default: ${DEFAULT-VALUE}")
    private int limit;

    @Option(names = "--json", description = "One line of JSON for each.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode inbox = desk.client().get("inbox", Map.of("limit", String.valueOf(limit)));
        for (JsonNode entry : inbox.path("entries")) {
            if (json) {
                out.println(JsonText.of(entry));
                continue;
            }
            out.printf(
                    "%s  %-4s  %s: %s%n",
                    TIME.format(Table.instant(entry.path("time")).atZone(ZoneId.systemDefault())),
                    entry.path("protocol").asText(),
                    entry.path("reason").asText(),
                    Text.clean(entry.path("detail").asText()));
            String excerpt = entry.path("excerpt").asText();
            if (!excerpt.isEmpty()) {
                out.println("    " + Text.abbreviated(excerpt, EXCERPT));
            }
        }
        if (!json && inbox.path("entries").isEmpty()) {
            spec.commandLine().getErr().println("nothing has been refused");
        }
        out.flush();
        return 0;
    }
}
