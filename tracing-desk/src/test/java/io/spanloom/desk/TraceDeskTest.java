package io.spanloom.desk;

import static io.spanloom.desk.Fixtures.HEADER;
import static io.spanloom.desk.Fixtures.bytes;
import static io.spanloom.desk.Fixtures.otlp;
import static io.spanloom.desk.Fixtures.request;
import static io.spanloom.desk.Fixtures.segmentJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TraceDeskTest {
    private static final String ROOT = segmentJson("000000000000000a", "");
    private static final Duration SOON = Duration.ofSeconds(10);

    private final TraceDesk desk =
            TraceDesk.builder().quiet(Duration.ofMillis(100)).start();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void documentsByBothProtocols_areOneFinishedTrace() throws Exception {
        sendXRay(desk.xrayAddress(), HEADER + ROOT);
        sendOtlp(request(
                        "other",
                        otlp("000000000000000b")
                                .setParentSpanId(bytes("000000000000000a"))
                                .build())
                .toByteArray());

        List<Trace> traces = desk.awaitTraces(1, SOON);

        assertThat(traces).hasSize(1);
        assertThat(traces.get(0).complete()).isTrue();
        await().untilAsserted(() -> assertThat(desk.traces().get(0).spans())
                .extracting(TraceSpan::service)
                .containsExactly("svc", "other"));
    }

    @Test
    void largestDatagram_arrivesWhole() throws Exception {
        String head = HEADER + segmentJson("000000000000000a", ",'metadata':{'n':{'k':'");
        head = head.substring(0, head.length() - 1);
        String tail = "'}}}";
        sendXRay(desk.xrayAddress(), head + "x".repeat(65_507 - head.length() - tail.length()) + tail);

        assertThat(desk.awaitTraces(1, SOON)).hasSize(1);
    }

    @Test
    void badDatagrams_areCountedAndHarmNothing() throws Exception {
        sendXRay(desk.xrayAddress(), "garbage");
        sendXRay(desk.xrayAddress(), "");
        sendXRay(desk.xrayAddress(), HEADER + "{");
        sendXRay(desk.xrayAddress(), HEADER + ROOT);

        desk.awaitTraces(1, SOON);
        DeskCounters counters = desk.counters();
        // The empty one looks whether the port is open.
        assertThat(counters.rejected()).isEqualTo(Map.of(Rejection.NO_NEWLINE, 1L, Rejection.BAD_JSON, 1L));
        assertThat(counters.received()).isEqualTo(3);
        assertThat(counters.kept()).isEqualTo(1);
    }

    @Test
    void noTraceInTime_saysWhatThereWas() throws Exception {
        sendXRay(desk.xrayAddress(), "garbage");
        await().until(() -> desk.counters().received() == 1);

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> desk.awaitTraces(1, Duration.ZERO))
                .withMessageContaining("0 of 1 traces")
                .withMessageContaining("NO_NEWLINE=1");
    }

    @Test
    void closedDesk_staysReadableAndClosesAgain() throws Exception {
        sendXRay(desk.xrayAddress(), HEADER + ROOT);
        desk.awaitTraces(1, SOON);
        desk.close();
        desk.close();

        assertThat(desk.traces()).hasSize(1);
    }

    @Test
    void udpPortInUse_isExplained() {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() ->
                        TraceDesk.builder().xrayAddress(desk.xrayAddress()).start())
                .withMessageContaining("UDP port " + desk.xrayAddress().getPort())
                .withMessageContaining("X-Ray daemon")
                .withMessageContaining("--xray 127.0.0.1:0");
    }

    @Test
    void tcpPortInUse_isExplained() {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() ->
                        TraceDesk.builder().otlpAddress(desk.otlpAddress()).start())
                .withMessageContaining("TCP port " + desk.otlpAddress().getPort())
                .withMessageContaining("collector")
                .withMessageContaining("--otlp 127.0.0.1:0");
    }

    static void sendXRay(InetSocketAddress to, String datagram) throws IOException {
        byte[] bytes = datagram.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSendBufferSize(256 * 1024);
            socket.send(new DatagramPacket(bytes, bytes.length, to));
        }
    }

    private void sendOtlp(byte[] body) throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(
                        URI.create("http://" + Addresses.text(desk.otlpAddress()) + "/v1/traces"))
                .header("Content-Type", "application/x-protobuf")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<Void> answer = HttpClient.newHttpClient().send(post, HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(200);
    }
}
