package io.spanloom.desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tracing-desk show [ID]}: one trace as a waterfall. */
@Command(
        name = "show",
        description = "Draws a trace of a running desk as a waterfall.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "1-8hex-24hex or 32 hex digits; the newest trace if it is left out.")
    private @Nullable String id;

    @Mixin
    private DeskOption desk;

    @Mixin
    private ColourOption colour;

    @Option(names = "--json", description = "The trace as one line of JSON, as serve --json prints it.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        String path = "traces/" + (id == null ? newest() : checked(id));
        if (json) {
            out.println(JsonText.ascii(desk.client().getText(path, Map.of())));
        } else {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("as", "text");
            query.put("zone", ZoneId.systemDefault().getId());
            query.put("width", String.valueOf(Math.max(Terminal.width(System.getenv()), 1)));
            query.put("color", String.valueOf(colour.wanted()));
            query.put("glyphs", Glyphs.of(Terminal.charset()) == Glyphs.ASCII ? "ascii" : "");
            out.print(desk.client().getText(path, query));
        }
        out.flush();
        return 0;
    }

    private String newest() {
        JsonNode row = desk.client().get("traces", Map.of("limit", "1")).at("/traces/0/id");
        if (row.isMissingNode()) {
            throw new CommandFailure(CommandFailure.FINDINGS, "the desk holds no trace; try: tracing-desk why");
        }
        return row.asText();
    }

    /** Before it becomes part of an address. */
    private static String checked(String id) {
        String digits = TraceIds.digits(id);
        if (digits == null) {
            throw new CommandFailure(
                    CommandFailure.MISUSED, "'" + id + "' is no trace id: expected 1-8hex-24hex or 32 hex digits");
        }
        return digits;
    }
}
