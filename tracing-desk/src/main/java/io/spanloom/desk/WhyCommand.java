package io.spanloom.desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tracing-desk why [ID]}: why there is no trace. */
@Command(
        name = "why",
        description = "Why is there no trace? Looks at ports, arrivals, refusals, sampling, groups and clocks.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class WhyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The trace that is missed.")
    private @Nullable String id;

    @Mixin
    private DeskOption desk;

    @Option(names = "--json", description = "As one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode answer = desk.client().get("why", Map.of("id", id == null ? "" : id));
        boolean problems = false;
        for (JsonNode finding : answer.path("findings")) {
            String level = finding.path("level").asText();
            problems |= level.equals("problem");
            if (!json) {
                String mark = level.equals("problem") ? "!" : level.equals("ok") ? "+" : " ";
                out.printf(
                        "%s %-9s %s%n",
                        mark,
                        finding.path("check").asText(),
                        Text.clean(finding.path("text").asText()));
            }
        }
        if (json) {
            out.println(JsonText.of(answer));
        }
        out.flush();
        return problems ? CommandFailure.FINDINGS : 0;
    }
}
