package io.spanloom.desk;

import static io.spanloom.desk.Fixtures.otlp;
import static io.spanloom.desk.Fixtures.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpReceiverTest {
    private static final byte[] GOOD =
            request("svc", otlp("000000000000000a").build()).toByteArray();

    private final List<Received> accepted = Collections.synchronizedList(new ArrayList<>());
    private final List<Rejection> rejected = Collections.synchronizedList(new ArrayList<>());
    private final HttpClient client = HttpClient.newHttpClient();
    private OtlpReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = OtlpReceiver.start(
                Addresses.parse("127.0.0.1:0"),
                new Intake() {
                    @Override
                    public void accepted(Received document) {
                        accepted.add(document);
                    }

                    @Override
                    public void rejected(Refused refused) {
                        rejected.add(refused.reason());
                    }
                },
                Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void protobuf_isTakenAndAnsweredEmpty() throws Exception {
        HttpResponse<byte[]> answer = post("application/x-protobuf", "", GOOD);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-protobuf");
        assertThat(ExportTraceServiceResponse.parseFrom(answer.body()))
                .isEqualTo(ExportTraceServiceResponse.getDefaultInstance());
        assertThat(accepted).hasSize(1);
    }

    @Test
    void emptyProtobuf_isTaken() throws Exception {
        assertThat(post("application/x-protobuf", "", new byte[0]).statusCode()).isEqualTo(200);
        assertThat(rejected).isEmpty();
    }

    @Test
    void gzip_isExpanded() throws Exception {
        assertThat(post("application/x-protobuf", "gzip", gzip(GOOD, 1)).statusCode())
                .isEqualTo(200);
        assertThat(accepted).hasSize(1);
    }

    @Test
    void gzipBomb_isRefused() throws Exception {
        byte[] bomb = gzip(new byte[1024 * 1024], 65);

        assertThat(bomb).hasSizeLessThan(1024 * 1024);
        assertThat(post("application/x-protobuf", "gzip", bomb).statusCode()).isEqualTo(413);
        assertThat(rejected).containsExactly(Rejection.OVERSIZE);
    }

    @Test
    void bodyBeyond16MiB_isRefused() {
        byte[] large = new byte[RequestBody.MAX_BYTES + 1];

        // The server does not read to the end what it refuses, so the client may see the answer or the connection go.
        try {
            assertThat(post("application/x-protobuf", "", large).statusCode()).isEqualTo(413);
        } catch (Exception e) {
            assertThat(e).isInstanceOf(IOException.class);
        }
        assertThat(rejected).containsExactly(Rejection.OVERSIZE);
    }

    @Test
    void whatIsNoGzip_isRefused() throws Exception {
        assertThat(post("application/x-protobuf", "gzip", GOOD).statusCode()).isEqualTo(400);
        assertThat(rejected).containsExactly(Rejection.BAD_GZIP);
    }

    @Test
    void otherEncoding_isRefused() throws Exception {
        assertThat(post("application/x-protobuf", "br", GOOD).statusCode()).isEqualTo(400);
        assertThat(rejected).containsExactly(Rejection.BAD_CONTENT_TYPE);
    }

    @Test
    void garbage_isAnsweredWithAStatus() throws Exception {
        HttpResponse<byte[]> answer = post("application/x-protobuf", "", "garbage".getBytes(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(400);
        CodedInputStream status = CodedInputStream.newInstance(answer.body());
        assertThat(status.readTag() >>> 3).isEqualTo(1);
        assertThat(status.readInt32()).isEqualTo(3);
        assertThat(status.readTag() >>> 3).isEqualTo(2);
        assertThat(status.readString()).contains("does not decode");
        assertThat(rejected).containsExactly(Rejection.BAD_OTLP);
    }

    @Test
    void idOfWrongLength_refusesTheRequest() throws Exception {
        Span bad = otlp("000000000000000a").setTraceId(Fixtures.bytes("0a0b")).build();

        assertThat(post("application/x-protobuf", "", request("svc", bad).toByteArray())
                        .statusCode())
                .isEqualTo(400);
        assertThat(accepted).isEmpty();
    }

    @Test
    void spanWithoutId_isRefusedAlone() throws Exception {
        Span empty = Span.newBuilder().setName("x").build();
        HttpResponse<byte[]> answer = post(
                "application/x-protobuf",
                "",
                request("svc", empty, otlp("000000000000000a").build()).toByteArray());

        assertThat(ExportTraceServiceResponse.parseFrom(answer.body())
                        .getPartialSuccess()
                        .getRejectedSpans())
                .isEqualTo(1);
        assertThat(accepted).hasSize(1);
        assertThat(rejected).containsExactly(Rejection.NO_ID);
    }

    @Test
    void json_isTakenAndAnsweredInJson() throws Exception {
        HttpResponse<byte[]> answer =
                post("application/json; charset=utf-8", "", Fixtures.resource("otlp-traces.json"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{\"partialSuccess\":{}}");
        assertThat(accepted).hasSize(1);
    }

    @Test
    void badJson_isAnsweredInJson() throws Exception {
        HttpResponse<byte[]> answer = post("application/json", "", "{".getBytes(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).startsWith("{\"code\":3,\"message\":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-protobuf-2", "nonsense"})
    void otherContentType_isRefused(String contentType) throws Exception {
        assertThat(post(contentType, "", GOOD).statusCode()).isEqualTo(415);
        assertThat(rejected).containsExactly(Rejection.BAD_CONTENT_TYPE);
    }

    @Test
    void get_isNotAllowed() throws Exception {
        HttpRequest get = HttpRequest.newBuilder(uri("/v1/traces")).build();

        assertThat(client.send(get, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1/metrics", "/v1/traces/more"})
    void otherPath_isNotFound(String path) throws Exception {
        HttpRequest post = HttpRequest.newBuilder(uri(path))
                .POST(BodyPublishers.ofByteArray(GOOD))
                .build();

        assertThat(client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(404);
    }

    private HttpResponse<byte[]> post(String contentType, String encoding, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder post = HttpRequest.newBuilder(uri("/v1/traces"))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofByteArray(body));
        if (!encoding.isEmpty()) {
            post.header("Content-Encoding", encoding);
        }
        return client.send(post.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private URI uri(String path) {
        return URI.create("http://" + Addresses.text(receiver.address()) + path);
    }

    private static byte[] gzip(byte[] data, int times) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < times; i++) {
                gzip.write(data);
            }
        }
        return bytes.toByteArray();
    }
}
