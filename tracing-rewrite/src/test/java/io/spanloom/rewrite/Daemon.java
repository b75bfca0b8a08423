package io.spanloom.rewrite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** Stands for the X-Ray daemon: the documents that reached its port. */
final class Daemon implements AutoCloseable {

    private final DatagramSocket socket;
    private final List<JsonNode> documents = new CopyOnWriteArrayList<>();

    Daemon() {
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::receive, "daemon");
        thread.setDaemon(true);
        thread.start();
    }

    private void receive() {
        ObjectMapper json = new ObjectMapper();
        byte[] buffer = new byte[65_536];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                String text = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
                documents.add(json.readTree(text.substring(text.indexOf('\n') + 1)));
            } catch (IOException closed) {
                return;
            }
        }
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    JsonNode only() {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> documents.size() == 1);
        return documents.get(0);
    }

    @Override
    public void close() {
        socket.close();
    }
}
