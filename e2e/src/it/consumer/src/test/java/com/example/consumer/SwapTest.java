package com.example.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The same classes, run with another {@code tracing.backend}: nothing else changes. */
class SwapTest {

    @Test
    void xray_sendsASegmentToTheDaemon() throws Exception {
        try (DatagramSocket daemon = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            daemon.setSoTimeout(10_000);
            String output = run("-Dtracing.xray.daemon-address=127.0.0.1:" + daemon.getLocalPort());
            DatagramPacket packet = new DatagramPacket(new byte[65_507], 65_507);
            try {
                daemon.receive(packet);
            } catch (SocketTimeoutException nothing) {
                throw new AssertionError(output, nothing);
            }
            String document = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);

            assertTrue(output.contains("ordered book"), output);
            assertTrue(document.contains("\"name\":\"Shop.order\""), document);
            assertTrue(document.contains("\"article\":\"book\""), document);
            assertTrue(document.contains("\"name\":\"reserve\""), document);
        }
    }

    @Test
    void otel_exportsToTheCollector() throws Exception {
        BlockingQueue<String> requests = new LinkedBlockingQueue<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(exchange.getRequestHeaders().getFirst("x-honeycomb-team") + " " + body.length);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try {
            String output = run(
                    "-Dtracing.backend=otel",
                    "-Dotel.exporter.otlp.endpoint=http://127.0.0.1:" + collector.getAddress().getPort(),
                    "-Dotel.exporter.otlp.headers=x-honeycomb-team=example");

            assertTrue(output.contains("ordered book"), output);
            assertTrue(String.valueOf(requests.poll(30, TimeUnit.SECONDS)).startsWith("example "), output);
        } finally {
            collector.stop(0);
        }
    }

    @Test
    void log_printsTheTrace() throws Exception {
        String output = run("-Dtracing.backend=log");

        assertTrue(output.contains("Shop.order"), output);
        assertTrue(output.contains("└─ reserve"), output);
    }

    @Test
    void none_changesNothing() throws Exception {
        assertTrue(run("-Dtracing.backend=none").contains("ordered book"));
    }

    @Test
    void wrongBackend_saysWhatIsAllowedAndRunsOn() throws Exception {
        String output = run("-Dtracing.backend=xrya");

        assertTrue(output.contains("ordered book"), output);
        assertTrue(output.contains("did you mean xray?"), output);
        assertTrue(output.contains("system property tracing.backend"), output);
    }

    private static String run(String... properties) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.add("-Dstdout.encoding=UTF-8");
        command.add("-Dfile.encoding=UTF-8");
        command.addAll(List.of(properties));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), App.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
