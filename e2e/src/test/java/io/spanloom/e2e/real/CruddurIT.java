package io.spanloom.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Cruddur's two services with their agent, called by somebody who has decided, behind the daemon. */
class CruddurIT {

    private static final String TRACE = "1-6b01bdbf-0000000000000000c0dd0001";
    private static final String CALLER = "53995c3f42cd8ad8";

    private static Service cruddur(String name, Daemon daemon, String... arguments) throws Exception {
        return cruddur(name, Map.of("TRACING_BACKEND", "xray", "AWS_XRAY_DAEMON_ADDRESS", daemon.address()), arguments);
    }

    static Service cruddur(String name, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-javaagent:../tracing-agent/target/tracing-agent.jar",
                "-jar",
                "../examples/cruddur/target/cruddur.jar",
                "--port",
                "0",
                "--service",
                name));
        command.addAll(List.of(arguments));
        return Service.start(name, command, environment);
    }

    @Test
    void request_isOneTraceOfBothServicesAtTheApi() throws Exception {
        try (Api api = new Api();
                Daemon daemon = Daemon.before(api);
                Service profiles = cruddur("profiles", daemon);
                Service backend = cruddur("backend-java", daemon, "--profiles", profiles.url(""))) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(backend.url("/api/activities/home")))
                    .header("X-Amzn-Trace-Id", "Root=" + TRACE + ";Parent=" + CALLER + ";Sampled=1")
                    .build();
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            Map<String, ObjectNode> trace = Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> api.trace(TRACE), all -> segments(all).size() >= 2);
            assertThat(segments(trace)).containsExactlyInAnyOrder("backend-java", "profiles");
            ObjectNode entry = named(trace, "backend-java");
            assertThat(entry.path("parent_id").asText()).isEqualTo(CALLER);
            ObjectNode call =
                    trace.get(named(trace, "profiles").path("parent_id").asText());
            assertThat(call.path("namespace").asText()).isEqualTo("remote");
        }
    }

    private static List<String> segments(Map<String, ObjectNode> trace) {
        return trace.values().stream()
                .filter(one -> one.has("service"))
                .map(one -> one.path("name").asText())
                .toList();
    }

    private static ObjectNode named(Map<String, ObjectNode> trace, String segment) {
        return trace.values().stream()
                .filter(one -> one.has("service") && one.path("name").asText().equals(segment))
                .findFirst()
                .orElseThrow();
    }
}
