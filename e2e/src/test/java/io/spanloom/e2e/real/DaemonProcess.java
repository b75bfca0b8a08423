package io.spanloom.e2e.real;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Somebody else's program that takes the daemon's place on a port, UDP and TCP, in a process of its own. */
final class DaemonProcess implements Daemon {

    /** What it is told in a file, which may name the port. */
    interface Configuration {
        String at(int port);
    }

    private final Path log;
    private final List<String> command;
    private final int port;
    private Process process;
    private HeldPort held;

    private DaemonProcess(List<String> command, Configuration configuration) throws Exception {
        Path folder = Files.createTempDirectory(Path.of("target"), "daemon-");
        Path file = folder.resolve("configuration.yaml");
        log = folder.resolve("log");
        port = freePort();
        Files.writeString(file, configuration.at(port));
        this.command = new ArrayList<>(command);
        this.command.replaceAll(word -> word.equals("FILE") ? file.toString() : word);
        startAgain();
    }

    static Daemon xray(Api api) throws Exception {
        return xray(api.endpoint());
    }

    static Daemon collector(Api api) throws Exception {
        return collector(api.endpoint());
    }

    /**
     * AWS's own daemon.
     *
     * @param endpoint what it takes for AWS
     */
    static Daemon xray(String endpoint) throws Exception {
        return new DaemonProcess(List.of(Installed.daemon(), "-c", "FILE", "-o", "-n", "eu-west-1"), port ->
                """
                Version: 2
                Endpoint: "%1$s"
                LocalMode: true
                Socket:
                  UDPAddress: "127.0.0.1:%2$d"
                  TCPAddress: "127.0.0.1:%2$d"
                """.formatted(endpoint, port));
    }

    /** The OpenTelemetry Collector: {@code awsxrayreceiver} and {@code awsxrayexporter}. */
    static Daemon collector(String endpoint) throws Exception {
        return new DaemonProcess(
                List.of(Installed.collector(), "--config", "FILE"), port -> """
                receivers:
                  awsxray:
                    endpoint: 127.0.0.1:%2$d
                    transport: udp
                    proxy_server:
                      endpoint: 127.0.0.1:%2$d
                      region: eu-west-1
                      local_mode: true
                      aws_endpoint: %1$s
                exporters:
                  awsxray:
                    endpoint: %1$s
                    region: eu-west-1
                    local_mode: true
                service:
                  telemetry:
                    metrics:
                      level: none
                  pipelines:
                    traces:
                      receivers: [awsxray]
                      exporters: [awsxray]
                """.formatted(endpoint, port));
    }

    private static int freePort() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        while (true) {
            try (ServerSocket tcp = new ServerSocket(0, 1, here);
                    DatagramSocket udp = new DatagramSocket(new InetSocketAddress(here, tcp.getLocalPort()))) {
                return udp.getLocalPort();
            } catch (IOException taken) {
                // The next one, then.
            }
        }
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void stop() throws Exception {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        held = HeldPort.of(port);
    }

    @Override
    public void startAgain() throws Exception {
        if (held != null) {
            held.close();
            held = null;
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .putAll(Map.of(
                        "AWS_ACCESS_KEY_ID", "none",
                        "AWS_SECRET_ACCESS_KEY", "none",
                        "AWS_EC2_METADATA_DISABLED", "true"));
        process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!listens()) {
            if (System.nanoTime() - end > 0 || !process.isAlive()) {
                throw new AssertionError(command.get(0) + " does not start: " + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        if (held != null) {
            held.close();
        }
    }
}
