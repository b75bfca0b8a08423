package io.spanloom.e2e.real;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Does what the real daemon was measured to do: documents go on unread in batches of 50 or after a second, two attempts of two
 * seconds, a queue of 20 batches, and what comes then is lost; the TCP port forwards every request.
 */
final class DaemonStandIn implements Daemon {

    private static final int BATCH = 50;

    private final Api api;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final int port;
    private Running running;
    private HeldPort held;

    DaemonStandIn(Api api) throws Exception {
        this.api = api;
        this.running = HeldPort.patiently(() -> new Running(0));
        this.port = running.tcp.getAddress().getPort();
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void stop() throws Exception {
        running.close();
        held = HeldPort.of(port);
    }

    @Override
    public void startAgain() throws Exception {
        if (held != null) {
            held.close();
            held = null;
        }
        running = HeldPort.patiently(() -> new Running(port));
    }

    @Override
    public void close() throws IOException {
        running.close();
        if (held != null) {
            held.close();
        }
    }

    /** From one start to the next stop. */
    private final class Running {
        private final DatagramSocket udp;
        private final HttpServer tcp;
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final BlockingQueue<String> received = new ArrayBlockingQueue<>(20 * BATCH);

        Running(int at) throws IOException {
            InetAddress here = InetAddress.getLoopbackAddress();
            HttpServer bound = HttpServer.create(new InetSocketAddress(here, at), 0);
            try {
                udp = new DatagramSocket(bound.getAddress());
            } catch (IOException taken) {
                bound.stop(0);
                throw taken;
            }
            tcp = bound;
            tcp.setExecutor(threads);
            tcp.createContext("/", this::forward);
            tcp.start();
            threads.execute(this::receive);
            threads.execute(this::send);
        }

        private void receive() {
            byte[] buffer = new byte[65_536];
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            while (true) {
                try {
                    packet.setLength(buffer.length);
                    udp.receive(packet);
                } catch (IOException closed) {
                    return;
                }
                String text = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
                received.offer(text.substring(text.indexOf('\n') + 1)); // or lost, as there
            }
        }

        private void send() {
            try {
                while (true) {
                    List<String> batch = new ArrayList<>();
                    batch.add(received.take());
                    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
                    while (batch.size() < BATCH) {
                        String next = received.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                        if (next == null) {
                            break;
                        }
                        batch.add(next);
                    }
                    post(batch);
                }
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }

        private void post(List<String> batch) throws InterruptedException {
            ObjectNode body = Api.JSON.createObjectNode();
            ArrayNode texts = body.putArray("TraceSegmentDocuments");
            batch.forEach(texts::add);
            HttpRequest request = HttpRequest.newBuilder(URI.create(api.endpoint() + "/TraceSegments"))
                    .timeout(Duration.ofSeconds(2))
                    .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                    .build();
            for (int attempt = 0; attempt < 2; attempt++) {
                try {
                    client.send(request, HttpResponse.BodyHandlers.discarding());
                    return;
                } catch (IOException again) {
                    // Once more, then it is lost.
                }
            }
        }

        private void forward(HttpExchange exchange) throws IOException {
            try (exchange) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(api.endpoint() + exchange.getRequestURI()))
                        .timeout(Duration.ofSeconds(5))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()))
                        .build();
                HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                exchange.getResponseBody().write(answer.body());
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }

        void close() {
            udp.close();
            tcp.stop(0);
            threads.shutdownNow();
        }
    }
}
