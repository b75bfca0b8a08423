package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Diagnosis.Finding;
import io.spanloom.Diagnosis.Level;
import io.spanloom.spi.Findings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DaemonCheckTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private static List<Finding> checked(String host, int port) {
        Findings findings = new Findings();
        DaemonCheck.check(new DaemonAddress(host, port), findings);
        return findings.list();
    }

    private static List<Finding> checked(int port) {
        return checked(HERE.getHostAddress(), port);
    }

    @Test
    void nobodyAtThePort_isAProblemWithItsCure() throws IOException {
        int free;
        try (DatagramSocket socket = new DatagramSocket(0, HERE)) {
            free = socket.getLocalPort();
        }

        assertThat(checked(free)).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.PROBLEM);
            assertThat(finding.code()).isEqualTo("TRC-102");
            assertThat(finding.cure()).contains("tracing-desk");
        });
    }

    @Test
    void listenerWithoutTcp_isEnoughForSpans() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, HERE)) {
            assertThat(checked(socket.getLocalPort()))
                    .extracting(Finding::level)
                    .containsExactly(Level.OK, Level.NOTE);
        }
    }

    @Test
    void daemonThatAnswers_isThere() throws Exception {
        assertThat(withDaemon("")).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.OK);
            assertThat(finding.text()).contains("answers");
        });
    }

    @Test
    void daemonWithAnotherTime_isAProblem() throws Exception {
        assertThat(withDaemon("Date: Tue, 03 Jun 2008 11:05:30 GMT\r\n"))
                .extracting(Finding::code)
                .containsExactly("", "TRC-047");
    }

    private static List<Finding> withDaemon(String header) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, HERE);
                DatagramSocket socket = new DatagramSocket(server.getLocalPort(), HERE)) {
            Thread answering = new Thread(() -> {
                try (Socket caller = server.accept()) {
                    String answer = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n" + header + "\r\n";
                    caller.getInputStream().read(new byte[1000]);
                    caller.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException gone) {
                    throw new UncheckedIOException(gone);
                }
            });
            answering.start();
            List<Finding> findings = checked(socket.getLocalPort());
            answering.join();
            return findings;
        }
    }

    @Test
    void unknownHost_isAProblem() {
        assertThat(checked("no.such.host.invalid", 2000))
                .singleElement()
                .extracting(Finding::code)
                .isEqualTo("TRC-103");
    }
}
