package io.spanloom.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaemonClientTest {

    private static DaemonClient client(int port, Duration timeout) {
        return new DaemonClient(new DaemonAddress("127.0.0.1", port), timeout);
    }

    @Test
    void daemonThatNeverAnswers_isGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> client(silent.getLocalPort(), Duration.ofMillis(200))
                            .post("/GetSamplingRules", "{}"))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void answerThatTrickles_isGivenUp() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread trickling = new Thread(() -> {
                try (Socket socket = server.accept()) {
                    OutputStream out = socket.getOutputStream();
                    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        out.write(' ');
                        out.flush();
                        Thread.sleep(1); // the pace of the other side, nothing that is waited for
                    }
                } catch (IOException | InterruptedException givenUp) {
                    // As it should be.
                }
            });
            trickling.start();

            assertThatThrownBy(() -> client(server.getLocalPort(), Duration.ofMillis(500))
                            .post("/GetSamplingRules", "{}"))
                    .isInstanceOf(IOException.class);
            trickling.join(60_000);
            assertThat(trickling.isAlive()).isFalse();
        }
    }

    @Test
    void answerWithoutEnd_isRefused() throws Exception {
        try (StandIn daemon = new StandIn()) {
            daemon.answers("/GetSamplingRules", new byte[JsonValue.MAX_BYTES + 1]);

            assertThatThrownBy(() -> daemon.client().post("/GetSamplingRules", "{}"))
                    .hasMessageContaining("larger than");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:2000, 127.0.0.1:2000",
        "tcp:a:1 udp:b:2, a:1",
        "udp:b:2 tcp:a:1, a:1",
        "[::1]:2000, [::1]:2000",
    })
    void address_isTheTcpHalf(String text, String expected) {
        assertThat(DaemonAddress.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({"''", "host", "host:0", "host:65536", "tcp:a:1", "tcp:a:1 tcp", "a/b:1", "x@y:1", "::1:2000"})
    void addressThatIsNone_isRefused(String text) {
        assertThatThrownBy(() -> DaemonAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
