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
import picocli.CommandLine.Spec;

/** {@code tracing-desk tail [FILTER]}: each trace as it is finished, from now on. */
@Command(
        name = "tail",
        description = "Prints a line for each trace that a running desk finishes from now on, until Ctrl-C.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TailCommand implements Callable<Integer> {
    private static final long PAUSE_MILLIS = 500;

    @Spec
    private CommandSpec spec;

    @Mixin
    private FilterOption filter;

    @Mixin
    private DeskOption desk;

    @Option(names = "--all", description = "Begin with what the desk has shown already.")
    private boolean all;

    @Option(names = "--once", paramLabel = "N", description = "Stop with exit code 0 after N traces.")
    private int once;

    @Option(names = "--json", description = "One line of JSON for each trace.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Table table = new Table(ZoneId.systemDefault());
        Map<String, String> query = filter.query();
        query.put("after", all ? "0" : String.valueOf(Long.MAX_VALUE / 10));
        for (int printed = 0; once <= 0 || printed < once; ) {
            JsonNode answer = desk.client().get("shown", query);
            for (JsonNode row : answer.path("shown")) {
                if (once <= 0 || printed++ < once) {
                    out.println(json ? JsonText.of(row) : table.row(row));
                }
            }
            query.put("after", answer.path("last").asText());
            // Nobody reads any more: `tail | head -1`.
            if (out.checkError()) {
                return 0;
            }
            if (answer.path("shown").isEmpty()) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        return 0;
    }
}
