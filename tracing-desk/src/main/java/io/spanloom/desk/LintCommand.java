package io.spanloom.desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tracing-desk lint FILE|ID|FILTER}: what the X-Ray service would refuse or cut. */
@Command(
        name = "lint",
        description =
                "Says what the X-Ray service would refuse, drop or cut of documents in a file or of a running desk.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LintCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE|ID|FILTER",
            description =
                    "A file (- is standard input), a trace id, or a filter expression; all traces of the desk if it"
                            + " is left out.")
    private List<String> words = List.of();

    @Mixin
    private DeskOption desk;

    @Option(names = "--json", description = "One line of JSON for each finding.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Lint lint = new Lint(Instant.now());
        addAll(String.join(" ", words), lint);
        List<Lint.Finding> findings = lint.finish();
        for (Lint.Finding finding : findings) {
            out.println(json ? JsonText.ascii(JsonLine.ofValue(json(finding))) : text(finding));
        }
        out.flush();
        if (!json) {
            spec.commandLine()
                    .getErr()
                    .println(Text.counted(lint.documents(), "document") + ", "
                            + Text.counted(findings.size(), "finding"));
        }
        return findings.isEmpty() ? 0 : CommandFailure.FINDINGS;
    }

    private void addAll(String what, Lint lint) {
        if (what.equals("-") || isFile(what)) {
            DocumentFile file = InputFile.read(what);
            file.segments().forEach(lint::add);
            file.otlp().forEach(request -> written(request).forEach(lint::add));
            return;
        }
        Map<String, String> query = new LinkedHashMap<>();
        String digits = TraceIds.digits(what);
        query.put("filter", digits == null ? what : "");
        query.put("id", digits == null ? "" : digits);
        do {
            JsonNode page = desk.client().get("documents", query);
            page.path("traces")
                    .forEach(trace -> trace.path("documents").forEach(document -> lint.add(document.asText())));
            query.put(
                    "before",
                    page.path("next").isNull() ? "" : page.path("next").asText());
        } while (!query.getOrDefault("before", "").isEmpty());
    }

    private static boolean isFile(String what) {
        try {
            return !what.isEmpty() && Files.isRegularFile(Path.of(what));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** As the collector would send them. */
    private static List<String> written(String otlp) {
        List<String> documents = new ArrayList<>();
        try {
            OtlpBatch batch = OtlpBatch.read(OtlpJson.decode(otlp.getBytes(StandardCharsets.UTF_8)));
            for (Received received : batch.documents()) {
                documents.add(SegmentWriter.write(received.traceId(), received.head()));
            }
        } catch (RejectedException e) {
            throw new CommandFailure(CommandFailure.FAILED, e.reason().text() + ": " + e.detail());
        }
        return documents;
    }

    private static String text(Lint.Finding finding) {
        return finding.trace() + " " + finding.span() + " " + finding.severity() + ": " + Text.clean(finding.text());
    }

    private static Map<String, Object> json(Lint.Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("trace", finding.trace());
        json.put("span", finding.span());
        json.put("severity", finding.severity());
        json.put("rule", finding.rule());
        json.put("text", finding.text());
        return json;
    }
}
