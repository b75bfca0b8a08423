package io.spanloom.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that begin a request and never end it, at each of the three TCP ports. */
@Timeout(60)
class SlowClientsTest {
    private static final String HEAD = "POST /v1/traces HTTP/1.1\r\nHost: localhost\r\n";

    private final List<TraceDesk> desks = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        desks.forEach(TraceDesk::close);
    }

    static Stream<Function<TraceDesk, InetSocketAddress>> ports() {
        return Stream.of(TraceDesk::httpAddress, TraceDesk::xrayAddress, TraceDesk::otlpAddress);
    }

    static Stream<Arguments> clients() {
        return Stream.of(
                        HEAD.substring(0, 10),
                        HEAD,
                        HEAD + "Content-Type: application/json\r\nContent-Length: 10\r\n\r\n",
                        HEAD + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{")
                .flatMap(begun -> ports().map(port -> Arguments.of(begun, port)));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void requestThatNeverEnds_isCut(String begun, Function<TraceDesk, InetSocketAddress> port) throws Exception {
        Socket socket = begin(begun, port.apply(desk(Duration.ofMillis(300))));

        // An error may be said before the end; what matters is that it ends.
        byte[] said = socket.getInputStream().readAllBytes();
        assertThat(said.length).isLessThan(1_000);
    }

    @ParameterizedTest
    @MethodSource("ports")
    void manyOfThem_keepNobodyOut(Function<TraceDesk, InetSocketAddress> port) throws Exception {
        InetSocketAddress address = port.apply(desk(Duration.ofSeconds(4)));
        for (int i = 0; i < 100; i++) {
            begin(HEAD, address);
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + Addresses.text(address) + "/v1/traces"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isIn(200, 404);
    }

    private TraceDesk desk(Duration deadline) {
        TraceDesk desk = TraceDesk.builder().requestDeadline(deadline).start();
        desks.add(desk);
        return desk;
    }

    private Socket begin(String request, InetSocketAddress address) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        sockets.add(socket);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }
}
