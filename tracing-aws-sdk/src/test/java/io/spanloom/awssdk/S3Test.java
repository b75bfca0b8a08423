package io.spanloom.awssdk;

import static io.spanloom.awssdk.TracingExecutionInterceptorTest.aws;
import static io.spanloom.awssdk.TracingExecutionInterceptorTest.call;
import static io.spanloom.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanloom.Outcome;
import io.spanloom.Tracing;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Bodies that are streams, and URLs that are signed for others. */
@ExtendWith(TracingExtension.class)
@Timeout(60)
class S3Test {

    private static final Map<String, String> IDS = Map.of("x-amz-request-id", "r1", "x-amz-id-2", "extended");

    private final StandIn aws = new StandIn();
    private final S3Client s3 =
            aws.sync(S3Client.builder()).forcePathStyle(true).build();
    private final S3AsyncClient async =
            aws.with(S3AsyncClient.builder()).forcePathStyle(true).build();

    @AfterEach
    void close() {
        s3.close();
        async.close();
        aws.close();
    }

    @Test
    void object_isPutAndItsBucketNamed(TraceRecorder traces) {
        aws.answers(200, IDS, "");

        Tracing.run(
                "job",
                job -> s3.putObject(
                        put -> put.bucket("avatars").key("secret.jpg"), RequestBody.fromString("the picture")));

        assertThat(aws.asked.get(0).body()).contains("the picture");
        assertThat(call(traces).name()).isEqualTo("S3.PutObject");
        assertThat(aws(call(traces)).requestId()).isEqualTo("r1");
        assertThat(aws(call(traces)).further())
                .containsEntry("aws.s3.bucket", "avatars")
                .containsEntry("aws.extended_request_id", "extended");
        assertThat(aws(call(traces)).toString()).doesNotContain("secret.jpg");
    }

    @Test
    void objectAsAStream_isReadAfterItsSpan(TraceRecorder traces) {
        aws.answers(200, IDS, "the picture");

        Tracing.run("job", job -> {
            try (var stream = s3.getObject(get -> get.bucket("avatars").key("a"))) {
                assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("the picture");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });

        assertThat(call(traces).outcome()).isEqualTo(Outcome.OK);
        assertThat(java.util.Objects.requireNonNull(call(traces).response()).contentLength())
                .isEqualTo(11);
    }

    @Test
    void objectThroughATransformer_isWhatItMakes(TraceRecorder traces) {
        aws.answers(200, IDS, "the picture");

        String made = Tracing.call(
                "job",
                job -> s3.getObject(
                        get -> get.bucket("avatars").key("a"),
                        (response, stream) -> new String(stream.readAllBytes(), StandardCharsets.UTF_8)));

        assertThat(made).isEqualTo("the picture");
        assertThat(call(traces).outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void transformerThatFails_isAFaultThoughTheServiceAnswered(TraceRecorder traces) {
        aws.answers(200, IDS, "the picture");
        IllegalStateException own = new IllegalStateException("own");

        assertThatThrownBy(() -> Tracing.run(
                        "job",
                        job -> s3.getObject(get -> get.bucket("avatars").key("a"), (response, stream) -> {
                            throw own;
                        })))
                .rootCause()
                .isSameAs(own);

        assertThat(call(traces).outcome()).isEqualTo(Outcome.FAULT);
    }

    @Test
    void objectThatIsNotThere_isAnError(TraceRecorder traces) {
        aws.answers(404, IDS, "<Error><Code>NoSuchKey</Code><Message>no</Message></Error>");

        assertThatThrownBy(() -> Tracing.run(
                        "job", job -> s3.getObject(get -> get.bucket("avatars").key("a"))))
                .isInstanceOf(NoSuchKeyException.class);

        assertThat(call(traces).outcome()).isEqualTo(Outcome.ERROR);
        assertThat(aws(call(traces)).further())
                .containsEntry("aws.error_code", "NoSuchKey")
                .containsEntry("aws.extended_request_id", "extended");
    }

    @Test
    void asynchronousStreams_workBothWays(TraceRecorder traces) throws Exception {
        aws.answers(200, IDS, "").answers(200, IDS, "the picture");

        String read = Tracing.call("job", job -> {
            async.putObject(put -> put.bucket("avatars").key("a"), AsyncRequestBody.fromString("up"))
                    .join();
            return async.getObject(get -> get.bucket("avatars").key("a"), AsyncResponseTransformer.toBytes())
                    .thenApply(bytes -> bytes.asUtf8String())
                    .join();
        });

        assertThat(read).isEqualTo("the picture");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> traces.spans().size() == 3);
        assertThat(traces.onlyTrace()).hasRoot("job").hasChild("S3.GetObject").withHttpStatus(200);
        assertThat(traces.onlyTrace()).hasRoot("job").hasChild("S3.PutObject").withHttpStatus(200);
    }

    @Test
    void presignedUrl_isNoCallAndWorksWithoutHeaders(TraceRecorder traces) throws Exception {
        aws.answers(200, IDS, "the picture");
        URI url = Tracing.call("job", job -> {
            try (S3Presigner presigner = S3Presigner.builder()
                    .region(Region.EU_WEST_1)
                    .endpointOverride(
                            s3.serviceClientConfiguration().endpointOverride().orElseThrow())
                    .serviceConfiguration(S3Configuration.builder()
                            .pathStyleAccessEnabled(true)
                            .build())
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                    .build()) {
                return presigner
                        .presignGetObject(presign -> presign.signatureDuration(Duration.ofMinutes(1))
                                .getObjectRequest(get -> get.bucket("avatars").key("a")))
                        .url()
                        .toURI();
            }
        });

        assertThat(url.getQuery()).contains("X-Amz-SignedHeaders=host&");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("the picture");
        assertThat(traces.onlyTrace()).hasRoot("job").hasSpans(1);
        assertThat(Tracing.opened()).isEmpty();
    }

    @Test
    void bytes_areThoseOfTheService(TraceRecorder traces) {
        aws.answers(200, IDS, "the picture");

        byte[] bytes = Tracing.call(
                "job",
                job -> s3.getObject(get -> get.bucket("avatars").key("a"), ResponseTransformer.toBytes())
                        .asByteArray());

        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("the picture");
        assertThat(traces.awaitTraces(1)).hasSize(1);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(call(traces).endEpochNanos())).isPositive();
    }
}
