package io.spanloom.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands for the X-Ray daemon. */
final class Datagrams implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DatagramSocket socket;
    private final List<String> texts = new CopyOnWriteArrayList<>();

    Datagrams() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread thread = new Thread(this::receive, "datagrams");
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

    /** Waits for so many documents, ten seconds at most; gives what came. */
    List<JsonNode> await(int count) throws InterruptedException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (texts.size() < count && System.nanoTime() < deadline) {
            Thread.sleep(2);
        }
        List<JsonNode> documents = new ArrayList<>();
        for (String text : texts) {
            try {
                documents.add(JSON.readTree(text.substring(text.indexOf('\n') + 1)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return documents;
    }

    @Override
    public void close() {
        socket.close();
    }
}
