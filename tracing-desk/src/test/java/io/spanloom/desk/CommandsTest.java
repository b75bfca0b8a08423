package io.spanloom.desk;

import static io.spanloom.desk.Fixtures.HEADER;
import static io.spanloom.desk.Fixtures.TRACE;
import static io.spanloom.desk.Fixtures.XRAY_TRACE;
import static io.spanloom.desk.Fixtures.segmentJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands that talk to a running desk. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // JUnit sets the field
class CommandsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final TraceDesk desk =
            TraceDesk.builder().quiet(Duration.ofMillis(50)).start();
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void ls_printsATableAndTakesAFilterInSeveralWords() throws Exception {
        send(segmentJson("000000000000000a", ",'fault':true"));
        send(segmentJson("000000000000000b", "").replace(XRAY_TRACE, "1-00000001-00000000000000000000000b"));
        desk.awaitTraces(2, SOON);

        assertThat(run("ls")).isZero();
        assertThat(out.toString().lines()).hasSize(3);
        assertThat(out.toString()).contains("TRACE").contains(XRAY_TRACE).contains("fault");
        assertThat(run("ls", "service(\"svc\")", "fault")).isZero();
        assertThat(out.toString().lines()).hasSize(2);
        assertThat(run("ls", "--json", "--limit", "1")).isZero();
        assertThat(new ObjectMapper().readTree(out.toString()).get("spans").asInt())
                .isEqualTo(1);
    }

    @Test
    void wrongFilter_isShownWithItsPlaceAndExitsWithTwo() {
        assertThat(run("ls", "responsetime > fast")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "expected a number, found fast (column 16)", "  responsetime > fast", "                 ^");
    }

    @Test
    void show_drawsTheTraceOfAnIdOrTheNewest() throws Exception {
        send(segmentJson("000000000000000a", ""));
        desk.awaitTraces(1, SOON);

        for (String id : List.of(XRAY_TRACE, TRACE)) {
            assertThat(run("show", id)).isZero();
            assertThat(out.toString()).contains(XRAY_TRACE).contains("svc").doesNotContain("\u001b");
        }
        assertThat(run("show")).isZero();
        assertThat(run("show", "--json")).isZero();
        assertThat(new ObjectMapper().readTree(out.toString()).get("traceId").asText())
                .isEqualTo(TRACE);
        assertThat(run("show", "--color", "always")).isZero();
        assertThat(out.toString()).contains("\u001b");
    }

    @Test
    void traceThatIsNotThere_exitsWithThree() {
        assertThat(run("show", XRAY_TRACE)).isEqualTo(3);
        assertThat(err.toString()).contains("holds no trace");
        assertThat(run("show")).isEqualTo(3);
        assertThat(run("show", "../x")).isEqualTo(2);
    }

    @Test
    void stats_printTheDaemonsNames() throws Exception {
        send(segmentJson("000000000000000a", ""));
        desk.awaitTraces(1, SOON);

        assertThat(run("stats")).isZero();
        assertThat(out.toString()).containsPattern("SegmentsReceivedCount +1\n").contains("traces.held");
        assertThat(run("stats", "--json")).isZero();
        assertThat(new ObjectMapper()
                        .readTree(out.toString())
                        .get("SegmentsSentCount")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void inbox_saysWhatWasRefusedAndWhy() throws Exception {
        TraceDeskTest.sendXRay(desk.xrayAddress(), "gar\u001bbage");
        await().until(() -> desk.counters().rejectedTotal() == 1);

        assertThat(run("inbox")).isZero();
        assertThat(out.toString()).contains("udp   no-newline: 8 bytes").doesNotContain("\u001b");
        assertThat(run("inbox", "--json")).isZero();
        assertThat(new ObjectMapper().readTree(out.toString()).get("reason").asText())
                .isEqualTo("no-newline");
    }

    @Test
    void tail_printsWhatIsFinished() throws Exception {
        send(segmentJson("000000000000000a", ""));
        desk.awaitTraces(1, SOON);

        assertThat(run("tail", "--all", "--once", "1", "--json")).isZero();
        assertThat(new ObjectMapper().readTree(out.toString()).get("id").asText())
                .isEqualTo(XRAY_TRACE);
    }

    @Test
    void exported_isImportedAsItWas() throws Exception {
        String document = segmentJson("000000000000000a", ",'metadata':{'n':{'k':'grün'}}");
        send(document);
        desk.awaitTraces(1, SOON);
        Path file = directory.resolve("traces.jsonl");
        assertThat(run("export", "-o", file.toString())).isZero();

        try (TraceDesk other = TraceDesk.start()) {
            assertThat(runAt(other, "import", file.toString())).isZero();
            assertThat(err.toString()).contains("1 document taken, 0 refused");
            assertThat(other.traces()).isEqualTo(desk.traces());
        }
        assertThat(run("export", "fault")).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void otlp_isExportedInXRaysFormAndImportedInItsOwn() throws Exception {
        Path file = directory.resolve("otlp.json");
        Files.writeString(
                file,
                "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
                        + "{\"stringValue\":\"shop\"}}]},\"scopeSpans\":[{\"spans\":[{\"traceId\":\"" + TRACE
                        + "\",\"spanId\":\"000000000000000a\",\"name\":\"GET /\",\"kind\":2,"
                        + "\"startTimeUnixNano\":\"1795246389000000000\",\"endTimeUnixNano\":\"1795246390000000000\"}]}]}]}");

        assertThat(run("import", file.toString())).isZero();
        assertThat(run("export")).isZero();
        JsonNode document = new ObjectMapper().readTree(out.toString());
        assertThat(document.get("trace_id").asText()).isEqualTo(XRAY_TRACE);
        assertThat(document.get("name").asText()).isEqualTo("shop");
    }

    @Test
    void import_takesWhatOtherToolsSave() throws Exception {
        String document = segmentJson("000000000000000a", "").replace('\'', '"');
        String quoted = new ObjectMapper().writeValueAsString(document);
        List<String> forms = List.of(
                HEADER + document,
                "[" + document + "," + document + "]",
                "{\"TraceSegmentDocuments\":[" + quoted + "]}",
                "{\"Traces\":[{\"Segments\":[{\"Id\":\"x\",\"Document\":" + quoted + "}]}]}",
                "[" + quoted + "]");
        for (String form : forms) {
            Path file = directory.resolve("form.json");
            Files.writeString(file, form);
            assertThat(run("import", file.toString())).as(form).isZero();
            assertThat(desk.traces()).as(form).hasSize(1);
        }
    }

    @Test
    void importOfWhatCannotBeTaken_namesItAndExitsWithThree() throws Exception {
        Path file = directory.resolve("bad.json");
        Files.writeString(file, "{\"id\":\"x\"}");

        assertThat(run("import", file.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("trace id missing").contains("0 documents taken, 1 refused");
        Files.writeString(file, "{");
        assertThat(run("import", file.toString())).isEqualTo(1);
        assertThat(run("import", directory.resolve("none").toString())).isEqualTo(2);
    }

    @Test
    void lint_ofTheDeskAndOfAFile_findsTheSame() throws Exception {
        String document = segmentJson("000000000000000a", ",'annotations':{'a b':'c'}");
        send(document);
        desk.awaitTraces(1, SOON);
        Path file = directory.resolve("file.json");
        Files.writeString(file, document.replace('\'', '"'));

        List<String> found = new ArrayList<>();
        for (String what : List.of(XRAY_TRACE, file.toString(), "service(\"svc\")", "")) {
            assertThat(what.isEmpty() ? run("lint") : run("lint", what))
                    .as(what)
                    .isEqualTo(3);
            found.add(out.toString());
        }
        assertThat(found.get(0)).contains(XRAY_TRACE + " 000000000000000a dropped: annotation \"a b\"");
        assertThat(found).allMatch(found.get(0)::equals);
        assertThat(run("lint", "fault")).isZero();
    }

    @Test
    void why_ofAnEmptyDesk_exitsWithThree() {
        assertThat(run("why")).isEqualTo(3);
        assertThat(out.toString()).contains("! arrivals  nothing has ever been sent here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls", "tail", "show", "stats", "inbox", "why", "export", "lint"})
    void withoutADesk_oneLineSaysWhatHelps(String command) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(execute(command, "--desk", "127.0.0.1:" + port)).isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("no desk answers at 127.0.0.1:" + port)
                .contains("tracing-desk serve")
                .contains("--desk HOST:PORT");
    }

    @Test
    void whatIsNoDesk_isSaid() {
        // The OTLP port speaks HTTP, but not of this.
        assertThat(execute("ls", "--desk", Addresses.text(desk.otlpAddress()))).isEqualTo(1);
        assertThat(err.toString()).contains("is no trace desk");
    }

    private void send(String document) throws Exception {
        TraceDeskTest.sendXRay(desk.xrayAddress(), HEADER + document);
    }

    private int run(String... args) {
        return runAt(desk, args);
    }

    private int runAt(TraceDesk at, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--desk", Addresses.text(at.httpAddress())));
        return execute(all.toArray(new String[0]));
    }

    private int execute(String... args) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine command = Main.commandLine();
        command.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        return command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
    }
}
