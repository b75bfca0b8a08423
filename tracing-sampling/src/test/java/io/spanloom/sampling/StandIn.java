package io.spanloom.sampling;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as the daemon's TCP port does, on the loopback. */
final class StandIn implements AutoCloseable {

    /** What was posted, as {@code path body}. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Thread serving = new Thread(this::serve, "stand-in");
    private volatile int status = 200;

    StandIn() throws IOException {
        serving.setDaemon(true);
        serving.start();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                answer(socket);
            } catch (IOException gone) {
                // The next one, or the end.
            }
        }
    }

    /** One request of one connection; it is closed only when the other side has closed it, so that nothing is reset. */
    private void answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return;
            }
            head.append((char) next);
        }
        int length = Integer.parseInt(head.toString().replaceFirst("(?is).*content-length: *([0-9]+).*", "$1"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        String path = head.toString().split(" ")[1];
        asked.add(path + " " + body);
        byte[] answer = answers.getOrDefault(path + " " + body, answers.getOrDefault(path, new byte[0]));
        OutputStream out = socket.getOutputStream();
        out.write(("HTTP/1.1 " + status + " -\r\nContent-Length: " + answer.length + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(answer);
        out.flush();
        socket.shutdownOutput();
        in.readAllBytes();
    }

    StandIn answers(String path, String json) {
        return answers(path, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    StandIn answers(String path, byte[] answer) {
        answers.put(path, answer);
        return this;
    }

    StandIn rules(String... rules) {
        return answers(
                "/GetSamplingRules",
                "{'SamplingRuleRecords':[{'SamplingRule':" + String.join("},{'SamplingRule':", rules) + "}]}");
    }

    void status(int value) {
        status = value;
    }

    List<String> asked(String path) {
        return asked.stream().filter(line -> line.startsWith(path)).toList();
    }

    DaemonClient client() {
        return new DaemonClient(new DaemonAddress("127.0.0.1", server.getLocalPort()), Duration.ofSeconds(20));
    }

    /** Nobody answers any more: the kernel goes on taking connections until the accept that waits for them has returned. */
    @Override
    public void close() {
        try {
            server.close();
            serving.join(10_000);
        } catch (IOException closed) {
            throw new java.io.UncheckedIOException(closed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
