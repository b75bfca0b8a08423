package io.spanloom.desk;

import static io.spanloom.desk.Fixtures.HEADER;
import static io.spanloom.desk.Fixtures.TRACE;
import static io.spanloom.desk.Fixtures.segmentJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own: what it prints and how it ends. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // start() sets the fields
class DeskProcessTest {
    private static final String ROOT = segmentJson("000000000000000a", "");
    private static final String CHILD =
            segmentJson("000000000000000b", ",'type':'subsegment','parent_id':'000000000000000a'");

    @TempDir
    Path directory;

    private Process process;
    private BufferedReader out;

    @AfterEach
    void stop() {
        process.destroyForcibly();
    }

    @Test
    void onceInJson_printsAddressesThenTraceAndExitsWithZero() throws Exception {
        start("--json", "--once", "1");
        InetSocketAddress xray = readXRayAddress();
        TraceDeskTest.sendXRay(xray, HEADER + ROOT);
        TraceDeskTest.sendXRay(xray, HEADER + CHILD);

        JsonNode trace = new ObjectMapper().readTree(out.readLine());
        assertThat(trace.get("traceId").asText()).isEqualTo(TRACE);
        assertThat(trace.get("spans")).hasSize(2);
        assertThat(process.waitFor()).isZero();
        assertThat(out.readLine()).isNull();
        assertThat(err()).contains("2 documents received, 0 rejected").contains("1 trace finished");
    }

    @Test
    void signal_showsIncompleteTracesAndCounters() throws Exception {
        start("--json");
        InetSocketAddress xray = readXRayAddress();
        TraceDeskTest.sendXRay(xray, "garbage");
        TraceDeskTest.sendXRay(xray, HEADER + CHILD);
        // Once the complaint is out, the datagram before it in the queue has been read; the child is next.
        await().until(() -> err().contains("newline"));
        TraceDeskTest.sendXRay(xray, "{}\n");
        await().until(() -> err().contains("without the header"));
        // The handle's way leaves the streams open, unlike the process's.
        process.toHandle().destroy();

        assertThat(new ObjectMapper().readTree(out.readLine()).get("spans")).hasSize(1);
        process.waitFor();
        assertThat(err())
                .contains("incomplete: no finished root for trace " + TRACE)
                .contains("3 documents received, 2 rejected (no-newline 1, no-header 1)");
    }

    @Test
    void forPeople_printsATreeWithoutColourIntoAPipe() throws Exception {
        start("--once", "1");
        String ready = out.readLine();
        assertThat(ready).startsWith("Trace desk is ready.");
        int port = Integer.parseInt(ready.replaceAll(".*udp 127\\.0\\.0\\.1:([0-9]+),.*", "$1"));
        TraceDeskTest.sendXRay(Addresses.parse("127.0.0.1:" + port), HEADER + ROOT);

        List<String> lines = new ArrayList<>(out.lines().toList());
        assertThat(lines).anyMatch(line -> line.contains("1-6b014935")).noneMatch(line -> line.contains("\u001b"));
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void listenAll_listensEverywhereAndWarns() throws Exception {
        start("--json", "--listen-all", "--http", "127.0.0.1:0");
        JsonNode addresses = new ObjectMapper().readTree(out.readLine());

        for (String port : List.of("xray", "otlp", "http")) {
            InetSocketAddress address = Addresses.parse(addresses.get(port).asText());
            assertThat(address.getAddress().isAnyLocalAddress()).as(port).isTrue();
        }
        await().until(() -> err().contains("warning: other machines can reach this desk"));
    }

    @Test
    void moreConnectionsThanAllowed_areTurnedAwayAndLaterOnesTaken() throws Exception {
        start("--json", "--http", "127.0.0.1:0");
        InetSocketAddress http = Addresses.parse(
                new ObjectMapper().readTree(out.readLine()).get("http").asText());
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 260; i++) {
                sockets.add(new Socket(http.getAddress(), http.getPort()));
            }
            await().until(() -> sockets.stream().filter(DeskProcessTest::closed).count() >= 60);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        await().until(() -> {
            try {
                return new DeskClient(http).get("stats", Map.of()).has("SegmentsReceivedCount");
            } catch (CommandFailure notYet) {
                return false;
            }
        });
    }

    private static boolean closed(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private void start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--xray",
                "127.0.0.1:0",
                "--otlp",
                "127.0.0.1:0"));
        command.addAll(List.of(options));
        File err = directory.resolve("err.txt").toFile();
        process = new ProcessBuilder(command).redirectError(err).start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private InetSocketAddress readXRayAddress() throws IOException {
        JsonNode addresses = new ObjectMapper().readTree(out.readLine());
        assertThat(addresses.get("otlp").asText()).startsWith("127.0.0.1:");
        return Addresses.parse(addresses.get("xray").asText());
    }

    private String err() throws IOException {
        return Files.readString(directory.resolve("err.txt"));
    }
}
