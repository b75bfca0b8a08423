package io.spanloom.desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tracing-desk stats}: what a running desk has counted. */
@Command(
        name = "stats",
        description = "Prints the counters of a running desk; those that the X-Ray daemon has, too, by its names.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class StatsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DeskOption desk;

    @Option(names = "--json", description = "As one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode stats = desk.client().get("stats", Map.of());
        if (json) {
            out.println(JsonText.of(stats));
        } else {
            print("", stats, out);
        }
        out.flush();
        return 0;
    }

    private static void print(String prefix, JsonNode node, PrintWriter out) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            JsonNode value = field.getValue();
            if (value.isObject()) {
                print(prefix + field.getKey() + ".", value, out);
            } else {
                String text = value.isNull() ? "unknown" : String.format(Locale.ROOT, "%,d", value.asLong());
                out.printf("%-28s %15s%n", prefix + field.getKey(), text);
            }
        }
    }
}
