package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.TracingConfigException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the application runs, told by stand-ins of the services that know. */
class PluginsTest extends AtTheDaemon {

    private static final String IDENTITY = "{\"instanceId\":\"i-0123\",\"availabilityZone\":\"eu-west-1a\","
            + "\"instanceType\":\"m7g.large\",\"imageId\":\"ami-99\",\"accountId\":\"000000000000\"}";
    private static final String CONTAINER = "{\"DockerId\":\"d0c\",\"ContainerARN\":"
            + "\"arn:aws:ecs:eu-west-1:000000000000:container/c1\",\"LogDriver\":\"awslogs\","
            + "\"LogOptions\":{\"awslogs-group\":\"/cruddur\",\"awslogs-region\":\"eu-west-1\"}}";

    @TempDir
    Path folder;

    private HttpServer platform;
    private final Map<String, Supplier<String>> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream errors = System.err;

    @BeforeEach
    void listen() throws IOException {
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        platform.createContext("/", exchange -> {
            String token = exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token");
            asked.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().getPath() + (token == null ? "" : " " + token));
            Supplier<String> answer = answers.get(exchange.getRequestURI().getPath());
            byte[] body = answer == null ? new byte[0] : answer.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        platform.start();
        answers.put("/latest/api/token", () -> "t0ken");
        answers.put("/latest/dynamic/instance-identity/document", () -> IDENTITY);
        answers.put("/v4/c1", () -> CONTAINER);
    }

    @AfterEach
    void stop() {
        platform.stop(0);
        System.setErr(errors);
    }

    private String address() {
        return "http://127.0.0.1:" + platform.getAddress().getPort();
    }

    private TracingConfig.Builder plugins(String names) {
        return configuration()
                .set("tracing.xray.plugins", names)
                .set("tracing.xray.ec2-endpoint", address())
                .set("tracing.xray.ecs-endpoint", address() + "/v4/c1")
                .set(
                        "tracing.xray.beanstalk-file",
                        folder.resolve("environment.conf").toString());
    }

    /** The first segment that tells where it runs; earlier ones need not. */
    private JsonNode segmentThatTells(String pointer) {
        return Awaitility.await()
                .atMost(DEADLINE)
                .until(
                        () -> {
                            Tracing.segment("job").close();
                            Tracing.flush(DEADLINE);
                            return daemon.documents().stream()
                                    .filter(document -> !document.at(pointer).isMissingNode())
                                    .findFirst()
                                    .map(JsonNode.class::cast)
                                    .orElse(null);
                        },
                        found -> found != null);
    }

    private void awaitSaid(String text) {
        Awaitility.await()
                .atMost(DEADLINE)
                .until(() -> said.toString(StandardCharsets.UTF_8).contains(text));
    }

    @Test
    void ec2_isTheOriginAndTellsTheInstance() {
        Tracing.reconfigure(plugins("ec2").build());

        JsonNode segment = segmentThatTells("/aws/ec2");
        assertThat(segment.get("origin").asText()).isEqualTo("AWS::EC2::Instance");
        assertThat(segment.at("/aws/ec2").toString())
                .contains("\"instance_id\":\"i-0123\"")
                .contains("\"availability_zone\":\"eu-west-1a\"")
                .contains("\"instance_size\":\"m7g.large\"")
                .contains("\"ami_id\":\"ami-99\"");
        assertThat(segment.at("/aws/xray/sdk").isMissingNode()).isFalse();
        assertThat(asked)
                .containsExactly("PUT /latest/api/token", "GET /latest/dynamic/instance-identity/document t0ken");
    }

    @Test
    void ec2WithoutTokens_isAskedWithout() {
        answers.remove("/latest/api/token");
        Tracing.reconfigure(plugins("ec2").build());

        assertThat(segmentThatTells("/aws/ec2").at("/aws/ec2/instance_id").asText())
                .isEqualTo("i-0123");
    }

    @Test
    void ecs_tellsTheContainerAndItsLogs() {
        Tracing.reconfigure(plugins("ecs").build());

        JsonNode segment = segmentThatTells("/aws/ecs");
        assertThat(segment.get("origin").asText()).isEqualTo("AWS::ECS::Container");
        assertThat(segment.at("/aws/ecs/container_id").asText()).isEqualTo("d0c");
        assertThat(segment.at("/aws/ecs/container_arn").asText()).endsWith("container/c1");
        assertThat(segment.at("/aws/cloudwatch_logs/0/log_group").asText()).isEqualTo("/cruddur");
        assertThat(segment.at("/aws/cloudwatch_logs/0/arn").asText())
                .isEqualTo("arn:aws:logs:eu-west-1:000000000000:log-group:/cruddur");
    }

    @Test
    void beanstalk_goesBeforeTheInstanceBelow() throws IOException {
        Files.writeString(
                folder.resolve("environment.conf"),
                "{\"deployment_id\":7,\"version_label\":\"v1\",\"environment_name\":\"prod\"}");
        Tracing.reconfigure(plugins("ec2, Beanstalk").build());

        JsonNode segment = segmentThatTells("/aws/ec2");
        assertThat(segment.get("origin").asText()).isEqualTo("AWS::ElasticBeanstalk::Environment");
        assertThat(segment.at("/aws/elastic_beanstalk/deployment_id").asInt()).isEqualTo(7);
        assertThat(segment.at("/aws/ec2/instance_id").asText()).isEqualTo("i-0123");
    }

    @Test
    void whereNobodyAnswers_oneLineSaysSoAndTheRestIsTold() {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Tracing.reconfigure(plugins("ec2, ecs")
                    .set("tracing.xray.ec2-endpoint", "http://127.0.0.1:" + silent.getLocalPort())
                    .build());

            JsonNode segment = segmentThatTells("/aws/ecs");
            assertThat(segment.get("origin").asText()).isEqualTo("AWS::ECS::Container");
            awaitSaid("tracing.xray.plugins names ec2");
            assertThat(said.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("TRC-126")))
                    .singleElement()
                    .asString()
                    .contains("docs/messages.md#trc-126");
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void answerThatIsNoJson_isSaidWithoutQuotingIt() {
        answers.put("/v4/c1", () -> "<html>secret</html>");
        Tracing.reconfigure(plugins("ecs").build());

        awaitSaid("names ecs");
        assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain("secret");
        Tracing.segment("job").close();
        assertThat(named("job").has("origin")).isFalse();
    }

    @Test
    void platformThatIsSlow_keepsNeitherStartNorRequestsWaiting() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        answers.put("/v4/c1", () -> {
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
            return CONTAINER;
        });
        Tracing.reconfigure(plugins("ecs").build());
        Awaitility.await().atMost(DEADLINE).until(() -> asked.getCount() == 0);
        Tracing.segment("before").close();

        assertThat(named("before").has("origin")).isFalse();
        answer.countDown();
        assertThat(segmentThatTells("/aws/ecs").get("origin").asText()).isEqualTo("AWS::ECS::Container");
    }

    @Test
    void eksOutsideAPod_isSaid() {
        assumeFalse(Files.exists(Path.of("/var/run/secrets/kubernetes.io")), "in a pod it would ask Kubernetes");
        Tracing.reconfigure(plugins("eks").build());

        awaitSaid("names eks");
    }

    @Test
    void nothingNamed_nobodyIsAsked() {
        Tracing.reconfigure(plugins("").build());
        Tracing.segment("job").close();

        assertThat(named("job").has("origin")).isFalse();
        assertThat(asked).isEmpty();
    }

    @Test
    void pluginThatIsUnknown_isAnErrorThatNamesTheOthers() {
        assertThatThrownBy(() -> Tracing.reconfigure(plugins("ec2, lightsail").build()))
                .isInstanceOf(TracingConfigException.class)
                .hasMessageContaining("tracing.xray.plugins = ec2, lightsail is not allowed")
                .hasMessageContaining("'lightsail' is not a plugin known here")
                .hasMessageContaining("allowed: ec2, ecs, eks, beanstalk, or several of them separated by commas");
    }

    @Test
    void applicationsOwnPlugins_goBefore() {
        com.amazonaws.xray.AWSXRay.getGlobalRecorder().setOrigin("AWS::ECS::Fargate");
        Tracing.reconfigure(plugins("ec2").build());

        assertThat(segmentThatTells("/aws/ec2").get("origin").asText()).isEqualTo("AWS::ECS::Fargate");
    }
}
