package io.spanloom.xray;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** Stands for the X-Ray daemon: what reached its port, as the datagrams that came. */
final class LocalDaemon implements AutoCloseable {

    static final String HEADER = "{\"format\":\"json\",\"version\":1}\n";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;
    private volatile DatagramSocket socket;
    private volatile Thread reader = Thread.currentThread();
    private final List<String> datagrams = new CopyOnWriteArrayList<>();

    LocalDaemon() {
        socket = listening(0);
        port = socket.getLocalPort();
    }

    private DatagramSocket listening(int at) {
        DatagramSocket bound;
        try {
            bound = new DatagramSocket(null);
            bound.setReceiveBufferSize(4 * 1024 * 1024);
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(() -> receive(bound), "local-daemon");
        thread.setDaemon(true);
        thread.start();
        reader = thread;
        return bound;
    }

    /**
     * Nobody listens from now on. The port stays ours, by a socket that takes datagrams of one address only, from which
     * none come: everybody else is told that the port is unreachable, and nobody is given it meanwhile.
     */
    void stop() {
        socket.close();
        try {
            reader.join(10_000); // the kernel keeps the port until its receive has returned
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.connect(InetAddress.getLoopbackAddress(), 9);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void startAgain() {
        socket.close();
        socket = listening(port);
    }

    private void receive(DatagramSocket socket) {
        byte[] buffer = new byte[65_536];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
            } catch (IOException closed) {
                return;
            }
            datagrams.add(new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8));
        }
    }

    DaemonAddress address() {
        return new DaemonAddress("127.0.0.1", port);
    }

    List<String> datagrams() {
        return List.copyOf(datagrams);
    }

    /** Waits for so many datagrams; gives what came, parsed. */
    List<ObjectNode> await(long count) {
        awaitArrival(count);
        return documents();
    }

    void awaitArrival(long count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> datagrams.size() >= count);
    }

    List<ObjectNode> documents() {
        return datagrams().stream().map(LocalDaemon::parse).toList();
    }

    static ObjectNode parse(String datagram) {
        int line = datagram.indexOf('\n') + 1;
        if (!datagram.substring(0, line).replace(" ", "").equals(HEADER)) {
            throw new AssertionError("no header: " + datagram);
        }
        try {
            return (ObjectNode) JSON.readTree(datagram.substring(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every entity as a document of its own, as X-Ray stores them. */
    static List<ObjectNode> flat(List<ObjectNode> documents) {
        List<ObjectNode> all = new ArrayList<>();
        documents.forEach(document -> flatten(document, all));
        return all;
    }

    private static void flatten(ObjectNode document, List<ObjectNode> all) {
        all.add(document);
        JsonNode children = document.get("subsegments");
        if (children != null) {
            for (JsonNode child : children) {
                ObjectNode own = (ObjectNode) child;
                own.put("type", "subsegment");
                own.set("trace_id", document.get("trace_id"));
                own.set("parent_id", document.get("id"));
                flatten(own, all);
            }
        }
    }

    static ObjectNode named(List<ObjectNode> documents, String name) {
        List<ObjectNode> found = flat(documents).stream()
                .filter(document -> document.get("name").asText().equals(name))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " named " + name + " in " + documents);
        }
        return found.get(0);
    }

    @Override
    public void close() {
        socket.close();
    }
}
