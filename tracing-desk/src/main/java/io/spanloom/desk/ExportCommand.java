package io.spanloom.desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tracing-desk export [FILTER]}: documents in X-Ray's form, one a line. */
@Command(
        name = "export",
        description =
                "Writes the documents of a running desk in X-Ray's form, one on each line; import takes them again.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private FilterOption filter;

    @Mixin
    private DeskOption desk;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write; to standard output if it is left out.")
    private @Nullable Path output;

    @Override
    public Integer call() {
        if (output == null) {
            PrintWriter out = spec.commandLine().getOut();
            long unusedCount = write(out);
            out.flush();
            return 0;
        }
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(output, StandardCharsets.UTF_8))) {
            long documents = write(out);
            if (out.checkError()) {
                throw new CommandFailure(CommandFailure.FAILED, output + " cannot be written to its end");
            }
            spec.commandLine().getErr().println(Text.counted(documents, "document") + " in " + output);
        } catch (IOException e) {
            throw new UncheckedIOException(output + " cannot be written: " + e.getMessage(), e);
        }
        return 0;
    }

    private long write(PrintWriter out) {
        Map<String, String> query = filter.query();
        long documents = 0;
        do {
            JsonNode page = desk.client().get("documents", query);
            for (JsonNode trace : page.path("traces")) {
                for (JsonNode document : trace.path("documents")) {
                    // A document may have been sent on several lines.
                    out.println(
                            JsonText.ascii(document.asText()).replace('\n', ' ').replace('\r', ' '));
                    documents++;
                }
            }
            query.put(
                    "before",
                    page.path("next").isNull() ? "" : page.path("next").asText());
        } while (!query.getOrDefault("before", "").isEmpty());
        return documents;
    }
}
