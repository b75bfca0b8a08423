package io.spanloom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * {@code ./demo} as a new user runs it: two services, their agent, the desk, real sockets. The build has packaged
 * everything already, hence {@code --no-build}.
 */
class DemoIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void xrayAndOtel_showTheSameTraces() throws Exception {
        List<String> xray = traces("xray");
        List<String> otel = traces("otel");

        assertThat(xray).isNotEmpty();
        assertThat(otel).containsExactlyElementsOf(xray);
    }

    @Test
    void aTrace_spansBothServices() throws Exception {
        assertThat(run("--backend", "xray", "--once", "--json").stream().map(DemoIT::services))
                .contains(new TreeSet<>(List.of("backend-java", "profiles")));
    }

    @Test
    void both_giveTheSameIds() throws Exception {
        for (String line : run("--backend", "xray,otel", "--once", "--json")) {
            TreeSet<String> seen = new TreeSet<>();
            JSON.readTree(line)
                    .get("spans")
                    .forEach(span -> assertThat(seen.add(span.get("id").asText()))
                            .as("spans of both backends are merged by id in %s", line)
                            .isTrue());
        }
    }

    @Test
    void log_printsWhatTheServiceLogged() throws Exception {
        assertThat(String.join("\n", run("--backend", "log", "--once")))
                .contains("notifications_activities")
                .contains("└─ returning_mock_data")
                .contains("FAULT");
    }

    private static TreeSet<String> services(String line) {
        TreeSet<String> services = new TreeSet<>();
        try {
            JSON.readTree(line)
                    .get("spans")
                    .forEach(span -> services.add(span.get("service").asText()));
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
        return services;
    }

    /** Each trace as a tree of what must agree: everything but ids, times and free ports. */
    private static List<String> traces(String backend) throws Exception {
        List<String> traces = new ArrayList<>();
        for (String line : run("--backend", backend, "--once", "--json")) {
            JsonNode spans = JSON.readTree(line).get("spans");
            StringBuilder tree = new StringBuilder();
            for (JsonNode span : spans) {
                if (find(spans, span.path("parentId").asText()) == null) {
                    append(tree, spans, span, "");
                }
            }
            traces.add(tree.toString());
        }
        Collections.sort(traces);
        return traces;
    }

    private static void append(StringBuilder tree, JsonNode spans, JsonNode span, String indent) {
        tree.append(indent);
        for (String field :
                List.of("name", "service", "kind", "namespace", "ok", "error", "fault", "throttle", "exceptions")) {
            tree.append(field).append('=').append(span.get(field)).append(' ');
        }
        tree.append("annotations=").append(sorted(span.get("annotations"))).append(' ');
        tree.append("metadata=").append(sorted(span.get("metadata"))).append(' ');
        tree.append("http=").append(sorted(span.get("http"))).append('\n');
        List<String> children = new ArrayList<>();
        for (JsonNode child : spans) {
            if (child.path("parentId").asText().equals(span.get("id").asText())) {
                StringBuilder below = new StringBuilder();
                append(below, spans, child, indent + "  ");
                children.add(below.toString());
            }
        }
        Collections.sort(children);
        children.forEach(tree::append);
    }

    private static String sorted(JsonNode node) {
        try {
            Object value = JSON.treeToValue(node, Object.class);
            String text = JSON.writer()
                    .with(com.fasterxml.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .writeValueAsString(value);
            return text.replaceAll("127\\.0\\.0\\.1:\\d+", "HOST")
                    .replaceAll("\"timestamp\":\"[^\"]*\"", "\"timestamp\":\"T\"");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode find(JsonNode spans, String id) {
        for (JsonNode span : spans) {
            if (span.get("id").asText().equals(id)) {
                return span;
            }
        }
        return null;
    }

    private static List<String> run(String... flags) throws Exception {
        List<String> command = new ArrayList<>(List.of("./demo", "--no-build"));
        command.addAll(List.of(flags));
        Process demo = new ProcessBuilder(command)
                .directory(Path.of("..").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        demo.getOutputStream().close();
        String output = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(demo.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(demo.exitValue()).as(output).isZero();
        return output.lines().filter(line -> !line.isBlank()).toList();
    }
}
