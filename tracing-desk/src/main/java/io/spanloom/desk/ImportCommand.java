package io.spanloom.desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tracing-desk import FILE...}: documents of files into a running desk. */
@Command(
        name = "import",
        description = "Sends the documents of files to a running desk: what export wrote, X-Ray documents or datagrams,"
                + " the answer of aws xray batch-get-traces, or OTLP in JSON.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ImportCommand implements Callable<Integer> {
    /** Of one request: as the daemon does it. */
    private static final int BATCH = 50;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "- is standard input.")
    private List<String> files;

    @Mixin
    private DeskOption desk;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        long taken = 0;
        long refused = 0;
        for (String name : files) {
            DocumentFile file = InputFile.read(name);
            for (int from = 0; from < file.segments().size(); from += BATCH) {
                List<String> batch = file.segments()
                        .subList(from, Math.min(from + BATCH, file.segments().size()));
                JsonNode answer =
                        desk.client().post("/TraceSegments", Map.of("TraceSegmentDocuments", new ArrayList<>(batch)));
                for (JsonNode unprocessed : answer.path("UnprocessedTraceSegments")) {
                    err.println(
                            name + ": " + Text.clean(unprocessed.path("Message").asText()));
                    refused++;
                }
                taken += batch.size() - answer.path("UnprocessedTraceSegments").size();
            }
            for (String request : file.otlp()) {
                desk.client().postOtlp(request);
                taken++;
            }
        }
        err.println(Text.counted(taken, "document") + " taken, " + refused + " refused");
        return refused == 0 ? 0 : CommandFailure.FINDINGS;
    }
}
