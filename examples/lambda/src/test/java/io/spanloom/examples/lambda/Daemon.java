package io.spanloom.examples.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands for the X-Ray daemon that Lambda runs beside each function. */
final class Daemon implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DatagramSocket socket;
    private final List<JsonNode> documents = new CopyOnWriteArrayList<>();

    Daemon() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread thread = new Thread(this::receive, "daemon");
        thread.setDaemon(true);
        thread.start();
    }

    private void receive() {
        byte[] buffer = new byte[65_536];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                String text = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
                documents.add(JSON.readTree(text.substring(text.indexOf('\n') + 1)));
            } catch (IOException closed) {
                return;
            }
        }
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** What came of a trace: each segment and subsegment by itself. */
    List<JsonNode> ofTrace(String traceId) {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode document : documents) {
            if (document.path("trace_id").asText().equals(traceId)) {
                flatten(document, document.path("parent_id").asText(), all);
            }
        }
        return all;
    }

    private static void flatten(JsonNode document, String parent, List<JsonNode> all) {
        all.add(((com.fasterxml.jackson.databind.node.ObjectNode) document).put("parent_id", parent));
        document.path("subsegments")
                .forEach(child -> flatten(child, document.path("id").asText(), all));
    }

    List<JsonNode> documents() {
        return documents;
    }

    @Override
    public void close() {
        socket.close();
    }
}
