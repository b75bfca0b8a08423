package io.spanloom.e2e.parity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
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
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands for the X-Ray daemon: keeps the documents that come to a port of the loopback. */
final class XRayPort implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final DatagramSocket socket;
    private final ConcurrentLinkedQueue<String> texts = new ConcurrentLinkedQueue<>();

    XRayPort() throws IOException {
        socket = new DatagramSocket(null);
        socket.setReceiveBufferSize(8 * 1024 * 1024);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread thread = new Thread(this::receive, "xray-port");
        thread.setDaemon(true);
        thread.start();
    }

    private void receive() {
        byte[] buffer = new byte[65_536];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
            } catch (IOException closed) {
                return;
            }
            texts.add(new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8));
        }
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** What came since the last call. */
    List<JsonNode> take() {
        List<JsonNode> documents = new ArrayList<>();
        for (String text = texts.poll(); text != null; text = texts.poll()) {
            documents.add(readOrWord(text.substring(text.indexOf('\n') + 1)));
        }
        return documents;
    }

    /** Of a document that is no JSON, its ids and a word. */
    private static JsonNode readOrWord(String document) {
        try {
            return JSON.readTree(document);
        } catch (JsonProcessingException broken) {
            return JSON.createObjectNode()
                    .put("trace_id", textOf("trace_id", document))
                    .put("id", textOf("id", document))
                    .put("unreadable", broken.getOriginalMessage());
        }
    }

    private static String textOf(String key, String document) {
        Matcher matcher = Pattern.compile('"' + key + "\":\"([^\"]*)").matcher(document);
        return matcher.find() ? matcher.group(1) : "";
    }

    static JsonNode read(String document) {
        try {
            return JSON.readTree(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + Literal.of(document), e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
