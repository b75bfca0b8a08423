package io.spanloom.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cruddur ships its own log to CloudWatch Logs, for which moto stands in, and is none the worse where there is no AWS. */
@Timeout(300)
class CruddurLogIT {

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<AutoCloseable> running = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }

    private Service started(Service service) {
        running.add(service);
        return service;
    }

    private Service cruddur(String name, String aws, String... arguments) throws Exception {
        Map<String, String> environment = new HashMap<>(LogGroup.AWS);
        environment.putAll(Map.of(
                "TRACING_BACKEND", "xray",
                "AWS_REGION", "eu-west-1",
                "AWS_ENDPOINT_URL", aws,
                "CRUDDUR_LOG_GROUP", "cruddur"));
        return started(CruddurIT.cruddur(name, environment, arguments));
    }

    private HttpResponse<String> get(Service service, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(service.url(path))).build(), BodyHandlers.ofString());
    }

    private static String traceOf(HttpResponse<String> response) {
        String header = response.headers().firstValue("X-Amzn-Trace-Id").orElseThrow();
        return header.substring("Root=".length()).split(";", 2)[0];
    }

    @Test
    void linesOfATrace_areFoundInBothServicesStreams() throws Exception {
        Service moto = started(Service.start(
                "moto",
                List.of(
                        Installed.python(),
                        Path.of("real", "python", "moto_server.py").toString()),
                LogGroup.AWS));
        Service profiles = cruddur("profiles", moto.url(""));
        Service backend = cruddur("backend-java", moto.url(""), "--profiles", profiles.url(""));

        String home = traceOf(get(backend, "/api/activities/home"));
        String boom = traceOf(get(backend, "/api/activities/boom"));

        LogGroup group = new LogGroup(moto.url(""));
        await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> {
            List<String> lines = new ArrayList<>();
            for (JsonNode event : group.events(home)) {
                String stream = event.path("logStreamName").asText();
                lines.add(stream.substring(0, stream.length() - 37) + " "
                        + event.path("message").asText().trim());
            }
            assertThat(lines)
                    .satisfiesExactlyInAnyOrder(
                            line -> assertThat(line)
                                    .startsWith("backend-java AWS-XRAY-TRACE-ID: " + home + "@")
                                    .endsWith("INFO  RequestLog - 127.0.0.1 GET http /api/activities/home 200 trace="
                                            + home),
                            line -> assertThat(line)
                                    .startsWith("profiles AWS-XRAY-TRACE-ID: " + home + "@")
                                    .endsWith("INFO  RequestLog - 127.0.0.1 GET http /api/profiles/andrewbrown 200"
                                            + " trace=" + home));
        });
        await().atMost(Duration.ofSeconds(120))
                .untilAsserted(() -> assertThat(group.lines(boom))
                        .anySatisfy(line -> assertThat(line)
                                .startsWith("AWS-XRAY-TRACE-ID: " + boom + "@")
                                .contains("ERROR RequestHandler - GET /api/activities/boom failed")
                                .contains("java.lang.IllegalStateException")
                                .contains("Caused by: java.time.format.DateTimeParseException")));
    }

    @Test
    void whereAwsIsNot_theServiceAnswersAndSaysOnceThatLinesAreLost() throws Exception {
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)); // and does not listen
            Service backend = cruddur("backend-java", "http://127.0.0.1:" + nobody.getLocalPort());

            for (int i = 0; i < 20; i++) {
                assertThat(get(backend, "/api/activities/boom").statusCode()).isEqualTo(500);
            }

            String lost = "the log does not reach CloudWatch Logs";
            await().atMost(Duration.ofSeconds(120))
                    .untilAsserted(() -> assertThat(backend.log()).containsOnlyOnce(lost));
            assertThat(get(backend, "/api/activities/notifications").statusCode())
                    .isEqualTo(200);
            backend.close();
            assertThat(backend.log())
                    .contains("CloudWatchLog - did not reach CloudWatch Logs: ")
                    .containsOnlyOnce(lost);
        }
    }

    /** The worst that a network does: it takes all and never answers. */
    @Test
    void whereAwsIsSilent_theServiceAnswersAndEnds() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Service backend = cruddur("backend-java", "http://127.0.0.1:" + silent.getLocalPort());

            for (int i = 0; i < 200; i++) { // more lines than wait for AWS
                assertThat(get(backend, "/api/activities/boom").statusCode()).isEqualTo(500);
            }
            backend.close();

            assertThat(backend.log())
                    .contains("CloudWatchLog - the last lines did not reach CloudWatch Logs")
                    .contains("lines for which there was no room");
        }
    }
}
