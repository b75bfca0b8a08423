package io.spanloom.e2e.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Calls by {@code tracing-aws-sdk}: the same documents in X-Ray by either backend. */
@Timeout(60)
class AwsSdkParityTest {

    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
    private static final Map<String, AttributeValue> KEY =
            Map.of("id", AttributeValue.builder().s("1").build());

    private final XRayPort xray = new XRayPort();
    private final OtlpPort otlp = new OtlpPort();
    private final HttpServer aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    AwsSdkParityTest() throws IOException {}

    /** Fails, and answers; then it throttles for ever. */
    @BeforeEach
    void start() {
        AtomicInteger asked = new AtomicInteger();
        aws.createContext("/", exchange -> {
            int status = List.of(500, 200, 200, 400).get(Math.min(3, asked.getAndIncrement()));
            String text = status == 400
                    ? "{\"__type\":\"x#ProvisionedThroughputExceededException\",\"message\":\"slow down\"}"
                    : "{}";
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("x-amzn-RequestId", "r" + status);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        aws.start();
    }

    @AfterEach
    void stop() {
        Tracing.shutdown();
        System.clearProperty(ENDPOINT);
        xray.close();
        otlp.close();
        aws.stop(0);
    }

    private void calls() {
        System.setProperty(ENDPOINT, otlp.endpoint());
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .service("backend-java")
                .backend("xray,otel")
                .set("tracing.xray.daemon-address", xray.address())
                .set("tracing.otel.sdk", "own")
                .build());
        try (DynamoDbClient dynamo = DynamoDbClient.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + aws.getAddress().getPort()))
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(
                        settings -> settings.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .backoffStrategy(BackoffStrategy.retryImmediately())
                                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                                .build()))
                .build()) {
            Tracing.run("job", job -> {
                dynamo.getItem(get -> get.tableName("messages").key(KEY));
                KeysAndAttributes keys = KeysAndAttributes.builder().keys(KEY).build();
                dynamo.batchGetItem(get -> get.requestItems(Map.of("a", keys, "b", keys)));
                dynamo.getItem(get -> get.tableName("busy").key(KEY));
            });
        } catch (DynamoDbException throttled) {
            // as it should
        }
        assertThat(Tracing.flush(Duration.ofSeconds(10))).isTrue();
    }

    private static ObjectNode about(Map<String, ObjectNode> documents, String path, String value) {
        return documents.values().stream()
                .filter(document -> document.at(path).toString().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + value + " in " + documents));
    }

    @Test
    void calls_areTheSameByEitherBackend() throws Exception {
        calls();
        List<JsonNode> ofXRay = new ArrayList<>();
        List<JsonNode> ofOtel = new ArrayList<>();
        Awaitility.await().atMost(Duration.ofSeconds(50)).until(() -> {
            ofXRay.addAll(xray.take());
            for (byte[] body : otlp.take()) {
                ofOtel.addAll(ToXRay.rules().documents(body));
            }
            return Canonical.of(ofXRay).size() >= 4 && Canonical.of(ofOtel).size() >= 4;
        });

        Map<String, ObjectNode> documents = Canonical.of(ofXRay);
        assertThat(documents).hasSize(4);
        assertThat(Differences.of("X-Ray", documents, "OpenTelemetry", Canonical.of(ofOtel)))
                .isEmpty();
        ObjectNode retried = about(documents, "/aws/table_name", "\"messages\"");
        assertThat(retried.path("name").asText()).isEqualTo("DynamoDb");
        assertThat(retried.path("namespace").asText()).isEqualTo("aws");
        assertThat(retried.at("/aws/operation").asText()).isEqualTo("GetItem");
        assertThat(retried.at("/aws/region").asText()).isEqualTo("eu-west-1");
        assertThat(retried.at("/aws/request_id").asText()).isEqualTo("r200");
        assertThat(retried.at("/metadata/default/aws.retries").asInt()).isEqualTo(1);
        assertThat(retried.at("/http/response/content_length").asInt()).isEqualTo(2);
        about(documents, "/aws/table_names", "[\"a\",\"b\"]");
        ObjectNode throttled = about(documents, "/aws/table_name", "\"busy\"");
        assertThat(throttled.path("throttle").asBoolean()).isTrue();
        assertThat(throttled.at("/http/response/status").asInt()).isEqualTo(429);
        assertThat(throttled.at("/metadata/default/aws.http_status").asInt()).isEqualTo(400);
        assertThat(throttled.at("/metadata/default/aws.error_code").asText())
                .isEqualTo("ProvisionedThroughputExceededException");
    }
}
