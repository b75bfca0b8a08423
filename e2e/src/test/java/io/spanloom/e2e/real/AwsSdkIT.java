package io.spanloom.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.desk.Trace;
import io.spanloom.desk.TraceDesk;
import io.spanloom.desk.TraceSpan;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Clients of the AWS SDK before moto, by either backend, as a desk then shows their calls. */
class AwsSdkIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final SpanSpec HANDLE = SpanSpec.named("orders process").kind(SpanKind.CONSUMER);
    private static final Map<String, AttributeValue> ITEM =
            Map.of("id", AttributeValue.builder().s("1").build());

    private static @Nullable Service moto;

    private final TraceDesk desk =
            TraceDesk.builder().quiet(Duration.ofMillis(300)).start();

    @BeforeAll
    static void start() throws Exception {
        moto = Service.start(
                "moto",
                List.of(Installed.python(), Path.of("real", "python", "aws.py").toString()),
                Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (moto != null) {
            moto.close();
        }
    }

    @AfterEach
    void close() {
        Tracing.shutdown();
        System.clearProperty("otel.exporter.otlp.endpoint");
        desk.close();
    }

    private static <B extends AwsClientBuilder<B, C>, C> B at(B builder) {
        assertThat(moto).isNotNull();
        return builder.endpointOverride(URI.create(moto.url("")))
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B sync(B builder) {
        return at(builder).httpClient(UrlConnectionHttpClient.create());
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private void by(String backend) {
        System.setProperty("otel.exporter.otlp.endpoint", "http://" + text(desk.otlpAddress()));
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .service("backend-java")
                .backend(backend)
                .set("tracing.xray.daemon-address", text(desk.xrayAddress()))
                .set("tracing.otel.sdk", "own")
                .build());
    }

    /** The one trace that the desk has, when it has so many spans. */
    private Trace trace(int spans) {
        assertThat(Tracing.flush(Duration.ofSeconds(20))).isTrue();
        return Awaitility.await()
                .atMost(DEADLINE)
                .until(
                        () -> desk.traces().stream()
                                .filter(trace -> trace.spans().size() == spans)
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    private static Map<?, ?> aws(TraceSpan call) {
        return (Map<?, ?>) call.details().get("aws");
    }

    private static TraceSpan call(Trace trace, String operation) {
        return trace.spans().stream()
                .filter(span -> "aws".equals(span.namespace()))
                .filter(span -> operation.equals(aws(span).get("operation")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + operation + " in " + trace));
    }

    private static @Nullable Object beside(TraceSpan call, String key) {
        return call.metadata().getOrDefault("default", Map.of()).get(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xray", "otel"})
    void dynamoDb_byBothClients(String backend) {
        by(backend);
        try (DynamoDbClient sync = sync(DynamoDbClient.builder()).build();
                DynamoDbAsyncClient async = at(DynamoDbAsyncClient.builder()).build()) {
            sync.createTable(create -> create.tableName("messages-" + backend)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(AttributeDefinition.builder()
                            .attributeName("id")
                            .attributeType(ScalarAttributeType.S)
                            .build())
                    .keySchema(KeySchemaElement.builder()
                            .attributeName("id")
                            .keyType(KeyType.HASH)
                            .build()));
            Tracing.<Exception>run("job", job -> {
                sync.putItem(put -> put.tableName("messages-" + backend).item(ITEM));
                assertThat(async.getItem(get ->
                                        get.tableName("messages-" + backend).key(ITEM))
                                .get(60, TimeUnit.SECONDS)
                                .item())
                        .isEqualTo(ITEM);
                assertThatThrownBy(
                                () -> sync.getItem(get -> get.tableName("none").key(ITEM)))
                        .isInstanceOf(ResourceNotFoundException.class);
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }

        Trace trace = trace(4);
        TraceSpan put = call(trace, "PutItem");
        assertThat(aws(put).get("table_name")).isEqualTo("messages-" + backend);
        assertThat(aws(put).get("region")).isEqualTo("eu-west-1");
        assertThat(aws(put).get("request_id")).isNotNull();
        assertThat(put.http().get("response")).containsEntry("status", 200L);
        assertThat(put.ok()).isTrue();
        List<TraceSpan> gets = trace.spans().stream()
                .filter(span -> "aws".equals(span.namespace()))
                .filter(span -> "GetItem".equals(aws(span).get("operation")))
                .toList();
        assertThat(gets).hasSize(2);
        assertThat(gets).filteredOn(TraceSpan::error).singleElement().satisfies(failed -> {
            assertThat(beside(failed, "aws.error_code")).isEqualTo("ResourceNotFoundException");
            assertThat(failed.exceptions().get(0).type()).isEqualTo(ResourceNotFoundException.class.getName());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"xray", "otel"})
    void s3_withStreams(String backend) {
        by(backend);
        try (S3Client sync = sync(S3Client.builder()).forcePathStyle(true).build();
                S3AsyncClient async =
                        at(S3AsyncClient.builder()).forcePathStyle(true).build()) {
            String bucket = "avatars-" + backend;
            sync.createBucket(create ->
                    create.bucket(bucket).createBucketConfiguration(where -> where.locationConstraint("eu-west-1")));
            Tracing.<Exception>run("job", job -> {
                sync.putObject(put -> put.bucket(bucket).key("a.jpg"), RequestBody.fromString("the picture"));
                try (var stream = sync.getObject(get -> get.bucket(bucket).key("a.jpg"))) {
                    assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                            .isEqualTo("the picture");
                }
                assertThat(async.getObject(get -> get.bucket(bucket).key("a.jpg"), AsyncResponseTransformer.toBytes())
                                .get(60, TimeUnit.SECONDS)
                                .asUtf8String())
                        .isEqualTo("the picture");
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }

        TraceSpan get = call(trace(4), "GetObject");
        assertThat(beside(get, "aws.s3.bucket")).isEqualTo("avatars-" + backend);
        assertThat(get.http().get("response")).containsEntry("status", 200L).containsEntry("content_length", 11L);
        assertThat(get.toString()).doesNotContain("a.jpg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xray", "otel"})
    void sqs_oneMessageIsOneSegmentOfTheSendersTrace(String backend) {
        by(backend);
        try (SqsClient sqs = sync(SqsClient.builder()).build()) {
            String queue = sqs.createQueue(create -> create.queueName("orders-" + backend))
                    .queueUrl();
            Tracing.run("job", job -> {
                sqs.sendMessage(send -> send.queueUrl(queue).messageBody("one"));
                sqs.sendMessageBatch(send -> send.queueUrl(queue)
                        .entries(
                                two -> two.id("2").messageBody("two"),
                                three -> three.id("3").messageBody("three")));
            });
            int handled = 0;
            while (handled < 3) {
                List<Message> messages = sqs.receiveMessage(receive -> receive.queueUrl(queue)
                                .maxNumberOfMessages(10)
                                .waitTimeSeconds(2)
                                .messageSystemAttributeNames(MessageSystemAttributeName.AWS_TRACE_HEADER))
                        .messages();
                for (Message message : messages) {
                    try (Span span = Tracing.segment(HANDLE, message, AwsSdkIT::attribute)) {
                        span.annotation("order", message.body());
                        handled++;
                    }
                }
            }

            // moto (5.2) drops what the messages of a batch carry, so that each of these two begins a trace of its own.
            Trace trace = trace(4);
            TraceSpan one = call(trace, "SendMessage");
            assertThat(aws(one).get("queue_url")).isEqualTo(queue);
            assertThat(call(trace, "SendMessageBatch").ok()).isTrue();
            assertThat(trace.spans())
                    .filteredOn(span -> span.annotations().containsKey("order"))
                    .singleElement()
                    .satisfies(handling -> {
                        assertThat(handling.annotations()).containsEntry("order", "one");
                        assertThat(handling.parentId()).isEqualTo(one.id());
                        assertThat(handling.kind()).isEqualTo(TraceSpan.Kind.SEGMENT);
                    });
        }
    }

    private static @Nullable String attribute(Message message, String name) {
        return name.equals("X-Amzn-Trace-Id")
                ? message.attributes().get(MessageSystemAttributeName.AWS_TRACE_HEADER)
                : null;
    }

    @ParameterizedTest
    @ValueSource(strings = {"xray", "otel"})
    void sns_namesItsTopic(String backend) {
        by(backend);
        String topic;
        try (SnsClient sns = sync(SnsClient.builder()).build()) {
            topic = sns.createTopic(create -> create.name("crud-" + backend)).topicArn();
            Tracing.run(
                    "job", job -> sns.publish(publish -> publish.topicArn(topic).message("hello")));
        }

        TraceSpan publish = call(trace(2), "Publish");
        assertThat(beside(publish, "aws.sns.topic.arn")).isEqualTo(topic);
        assertThat(publish.ok()).isTrue();
    }
}
