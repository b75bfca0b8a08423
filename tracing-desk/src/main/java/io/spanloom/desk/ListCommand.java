package io.spanloom.desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tracing-desk ls [FILTER]}: the traces of a running desk, the newest first. */
@Command(
        name = "ls",
        description = "Lists the traces of a running desk, the newest first.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ListCommand implements Callable<Integer> {
    private static final int PAGE = 1_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private FilterOption filter;

    @Mixin
    private DeskOption desk;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many. Default: ${DEFAULT-VALUE}")
    private int limit;

    @Option(names = "--json", description = "One line of JSON for each trace.")
    private boolean json;

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "Invalid value for option '--limit': " + limit);
        }
        PrintWriter out = spec.commandLine().getOut();
        Table table = new Table(ZoneId.systemDefault());
        Map<String, String> query = filter.query();
        int left = limit;
        boolean first = true;
        do {
            query.put("limit", String.valueOf(Math.min(left, PAGE)));
            JsonNode page = desk.client().get("traces", query);
            for (JsonNode row : page.path("traces")) {
                if (first && !json) {
                    out.println(table.heading());
                }
                first = false;
                out.println(json ? JsonText.of(row) : table.row(row));
                left--;
            }
            query.put(
                    "before",
                    page.path("next").isNull() ? "" : page.path("next").asText());
        } while (left > 0 && !query.getOrDefault("before", "").isEmpty());
        out.flush();
        if (first && !json) {
            spec.commandLine().getErr().println("no traces");
        }
        return 0;
    }
}
