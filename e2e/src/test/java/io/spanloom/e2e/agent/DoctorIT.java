package io.spanloom.e2e.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spanloom.desk.TraceDesk;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor as packed, with the cruddur example as packed: what {@code docs/doctor.md} shows. */
class DoctorIT {

    private static final Path AGENT = Path.of("..", "tracing-agent", "target", "tracing-agent.jar");
    private static final Path APP = Path.of("..", "examples", "cruddur", "target", "cruddur.jar");
    private static final Path DOC = Path.of("..", "docs", "doctor.md");
    private static final Pattern EXAMPLE = Pattern.compile(
            "```\n\\$ ([^\n]*) java -jar tracing-agent.jar doctor cruddur.jar\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private record Run(int exit, String out, String err) {}

    private Run run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                AGENT.toString(),
                "doctor"));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(key -> key.matches("(AWS|OTEL|TRACING)_.*"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Run(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void examples_printWhatTheDocumentSays() throws Exception {
        try (TraceDesk desk = TraceDesk.start()) {
            Map<String, String> places = new TreeMap<>();
            places.put("127.0.0.1:2000", text(desk.xrayAddress()));
            places.put("127.0.0.1:2001", "127.0.0.1:" + freePort());
            places.put("127.0.0.1:4319", "127.0.0.1:" + freePort());
            Matcher example = EXAMPLE.matcher(Files.readString(DOC));
            int examples = 0;
            while (example.find()) {
                Map<String, String> environment = new TreeMap<>();
                for (String variable : example.group(1).split(" ")) {
                    int equals = variable.indexOf('=');
                    environment.put(variable.substring(0, equals), placed(variable.substring(equals + 1), places));
                }
                Run run = run(environment, APP.toString());
                String shown = placed(example.group(2), places);
                assertThat(run.exit()).as(run.out()).isEqualTo(shown.contains("PROBLEM") ? 3 : 0);
                assertThat(run.out().replaceAll("\\(jar:file:[^)]*\\)", "(in cruddur.jar)"))
                        .containsSubsequence(List.of(shown.split("\n(\\.\\.\\.\n)?")));
                examples++;
            }
            assertThat(examples).isEqualTo(6);
            assertThat(desk.counters().rejectedTotal()).isZero();
        }
    }

    private static String placed(String text, Map<String, String> places) {
        String placed = text;
        for (Map.Entry<String, String> place : places.entrySet()) {
            placed = placed.replace(place.getKey(), place.getValue());
        }
        return placed;
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** Of neither protocol. */
    private static int freePort() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket tcp = new ServerSocket(0, 1, here);
                DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), here)) {
            return udp.getLocalPort();
        }
    }

    @Test
    void json_isOneObjectOnStandardOutput() throws Exception {
        Run run = run(Map.of("TRACING_BACKEND", "xrya"), "--json", APP.toString());

        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(run.exit()).isEqualTo(3);
        assertThat(json.path("healthy").asBoolean(true)).isFalse();
        assertThat(json.path("weaving").asText()).contains("annotated methods");
        assertThat(json.path("tracing").path("findings").get(0).path("code").asText())
                .isEqualTo("TRC-002");
    }

    @Test
    void jarWithoutCore_isToldSo() throws Exception {
        Run run =
                run(Map.of(), Files.createDirectories(folder.resolve("classes")).toString());

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out()).contains("tracing-core is not in it");
    }

    @Test
    void modulesOfSeveralVersions_areAProblem() throws Exception {
        Path classes = Files.createDirectories(folder.resolve("mixed"));
        Path old = Jar.write(
                folder.resolve("old.jar"),
                Map.of(
                        "META-INF/maven/io.spanloom/tracing-xray/pom.properties",
                        "artifactId=tracing-xray\nversion=0.0.9\n"));
        Path young = Jar.write(
                folder.resolve("young.jar"),
                Map.of(
                        "META-INF/maven/io.spanloom/tracing-core/pom.properties",
                        "artifactId=tracing-core\nversion=0.1.0\n"));

        Run run = run(Map.of(), "--class-path", old + java.io.File.pathSeparator + young, classes.toString());

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out()).contains("modules: {tracing-core=0.1.0, tracing-xray=0.0.9}", "TRC-048");
    }

    @Test
    void wrongArguments_endWithTwoAndTheUsage() throws Exception {
        Run run = run(Map.of(), "--what");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--what is no option", "usage: ");
    }

    @Test
    void withoutAnApplication_saysWhatIsKnownWithoutSecrets() throws Exception {
        Run run = run(Map.of("OTEL_EXPORTER_OTLP_HEADERS", "x-honeycomb-team=secret", "TRACING_BACKEND", "otel"));

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("TRACING_BACKEND = otel", "OTEL_EXPORTER_OTLP_HEADERS = ***")
                .doesNotContain("secret");
    }

    /** Writes a jar of texts. */
    private static final class Jar {
        static Path write(Path file, Map<String, String> entries) throws IOException {
            try (java.util.jar.JarOutputStream jar = new java.util.jar.JarOutputStream(Files.newOutputStream(file))) {
                for (Map.Entry<String, String> each : entries.entrySet()) {
                    jar.putNextEntry(new java.util.zip.ZipEntry(each.getKey()));
                    jar.write(each.getValue().getBytes(StandardCharsets.UTF_8));
                    jar.closeEntry();
                }
            }
            return file;
        }
    }
}
