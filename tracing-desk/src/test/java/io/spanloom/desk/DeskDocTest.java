package io.spanloom.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import picocli.CommandLine;

/** What docs/desk.md says of the command line is so. */
@Isolated("time zone and encoding are the JVM's")
class DeskDocTest {
    private static final Path DOC = Path.of("..", "docs", "desk.md");
    private static final String ENCODING = "stdout.encoding";
    private static final Path TRACES = Path.of("src", "test", "resources", "docs", "traces.jsonl");

    @Test
    void examples_printWhatTheDocumentSays() throws Exception {
        assumeThat(System.getenv("COLUMNS")).as("the width of lines").isNull();
        TimeZone zone = TimeZone.getDefault();
        String encoding = System.getProperty(ENCODING);
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        System.setProperty(ENCODING, "UTF-8");
        try (TraceDesk desk = TraceDesk.builder().quiet(Duration.ofMillis(50)).start()) {
            for (Example example : examples()) {
                String said = run(desk, example.command());
                // Addresses, and times at which something came, are never the same.
                boolean varies = example.command().matches("(inbox|why|stats).*");
                assertThat(varies ? masked(said) : said)
                        .as(example.command())
                        .isEqualTo(varies ? masked(example.output()) : example.output());
                if (example.command().startsWith("import")) {
                    assertThat(desk.awaitTraces(2, Duration.ofSeconds(20))).hasSize(2);
                    var unused = new DeskClient(desk.httpAddress())
                            .post(
                                    "/TraceSegments",
                                    Map.of(
                                            "TraceSegmentDocuments",
                                            List.of("{\"id\":\"508f96e9935a529a\",\"name\":\"shop\"}")));
                }
            }
        } finally {
            TimeZone.setDefault(zone);
            if (encoding == null) {
                System.clearProperty(ENCODING);
            } else {
                System.setProperty(ENCODING, encoding);
            }
        }
    }

    @Test
    void everyCommand_isInTheTable() throws IOException {
        String doc = Files.readString(DOC);
        assertThat(Main.commandLine().getSubcommands().keySet())
                .allSatisfy(command -> assertThat(doc).containsPattern("(?m)^\\| `" + command + "[ `]"));
    }

    @Test
    void everyOptionOfServe_isInTheDocument() throws IOException {
        String doc = Files.readString(DOC);
        List<String> known = List.of("--help", "--version", "--color", "--no-color", "--once");
        new CommandLine(new ServeCommand())
                .getCommandSpec().options().stream()
                        .map(CommandLine.Model.OptionSpec::longestName)
                        .filter(option -> !known.contains(option))
                        .forEach(option -> assertThat(doc).contains("`" + option));
    }

    /** Digits, and what is only there on Linux. */
    private static String masked(String text) {
        return text.replaceAll("SegmentsSpilloverCount +unknown", "SegmentsSpilloverCount 0")
                .replaceAll("[0-9][0-9,.:]*", "#")
                .replaceAll(" +", " ");
    }

    private static String run(TraceDesk desk, String command) {
        List<String> arguments = new ArrayList<>();
        for (String word : command.split(" (?=([^']*'[^']*')*[^']*$)", -1)) {
            arguments.add(word.replace("'", "").replace("traces.jsonl", TRACES.toString()));
        }
        arguments.addAll(List.of("--desk", Addresses.text(desk.httpAddress())));
        StringWriter out = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        PrintWriter writer = new PrintWriter(out);
        int unusedCode = line.setOut(writer).setErr(writer).execute(arguments.toArray(new String[0]));
        return out.toString().strip();
    }

    private static List<Example> examples() throws IOException {
        String doc = Files.readString(DOC);
        int start = doc.indexOf("```console\n") + 11;
        List<Example> examples = new ArrayList<>();
        for (String block : doc.substring(start, doc.indexOf("```", start)).split("(?m)^\\$ tracing-desk ", -1)) {
            if (!block.isBlank()) {
                int end = block.indexOf('\n');
                examples.add(new Example(
                        block.substring(0, end), block.substring(end + 1).strip()));
            }
        }
        assertThat(examples).hasSizeGreaterThan(6);
        return examples;
    }

    private record Example(String command, String output) {}
}
