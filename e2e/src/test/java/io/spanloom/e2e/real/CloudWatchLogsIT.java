package io.spanloom.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service's log in CloudWatch Logs, for which moto stands in, by the appender and the configuration of docs/logs.md. */
@Timeout(300)
class CloudWatchLogsIT {

    private final List<AutoCloseable> running = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }

    private Service started(String name, List<String> command, Map<String, String> environment) throws Exception {
        Service service = Service.start(name, command, environment);
        running.add(service);
        return service;
    }

    /** The configuration as it stands in the docs, but for where AWS is. */
    private static Path configuration(String endpoint) throws Exception {
        String docs = Files.readString(Path.of("../docs/logs.md"));
        Matcher block = Pattern.compile("(?s)```xml\n(<configuration>(?:(?!```).)*AwsLogsAppender.*?)```")
                .matcher(docs);
        assertThat(block.find()).isTrue();
        String text = block.group(1)
                .replace("</logRegion>", "</logRegion><cloudWatchEndpoint>" + endpoint + "</cloudWatchEndpoint>");
        return Files.writeString(Files.createTempFile(Path.of("target"), "logback-", ".xml"), text);
    }

    private static List<String> loggingService(Path configuration) throws Exception {
        List<String> command = Installed.java(LoggingService.class);
        int classPath = command.indexOf("-cp") + 1;
        try (Stream<Path> jars = Files.list(Path.of("target", "logs"))) {
            String more = String.join(
                    File.pathSeparator, jars.map(Path::toString).sorted().toList());
            command.set(classPath, more + File.pathSeparator + command.get(classPath));
        }
        command.addAll(
                1,
                List.of(
                        "-Dlogback.configurationFile=" + configuration,
                        "-Dsoftware.amazon.awssdk.http.service.impl="
                                + "software.amazon.awssdk.http.urlconnection.UrlConnectionSdkHttpService"));
        return command;
    }

    @Test
    void linesOfATrace_areFoundByItsId() throws Exception {
        Service moto = started(
                "moto",
                List.of(
                        Installed.python(),
                        Path.of("real", "python", "moto_server.py").toString()),
                LogGroup.AWS);
        Map<String, String> environment = new HashMap<>(LogGroup.AWS);
        environment.putAll(Map.of("TRACING_BACKEND", "xray", "TRACING_LOG_MDC", "true"));
        Service service = started("logging", loggingService(configuration(moto.url(""))), environment);
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(service.url("/api/home"))).build();

        HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
        client.send(request, HttpResponse.BodyHandlers.discarding()); // another trace

        String header = response.headers().firstValue("X-Amzn-Trace-Id").orElseThrow();
        String traceId = header.substring("Root=".length()).split(";", 2)[0];
        await().atMost(Duration.ofSeconds(120))
                .untilAsserted(() -> assertThat(new LogGroup(moto.url("")).lines(traceId))
                        .satisfiesExactlyInAnyOrder(
                                line -> assertThat(line)
                                        .startsWith("AWS-XRAY-TRACE-ID: " + traceId + "@")
                                        .endsWith("INFO  cruddur - two activities"),
                                line -> assertThat(line)
                                        .startsWith("AWS-XRAY-TRACE-ID: " + traceId + "@")
                                        .endsWith(
                                                "INFO  io.spanloom.http.requests - 127.0.0.1 GET http /api/home 200")));
    }
}
