package io.spanloom.e2e.real;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** AWS's own daemon, in a process of its own. */
final class RealDaemon implements Daemon {

    private final Path folder;
    private final int port;
    private Process process;
    private HeldPort held;

    RealDaemon(Api api) throws Exception {
        this(api.endpoint());
    }

    /** @param endpoint what it takes for AWS */
    RealDaemon(String endpoint) throws Exception {
        folder = Files.createTempDirectory(Path.of("target"), "daemon-");
        port = freePort();
        Files.writeString(folder.resolve("cfg.yaml"), """
                Version: 2
                Endpoint: "%s"
                LocalMode: true
                Socket:
                  UDPAddress: "127.0.0.1:%d"
                  TCPAddress: "127.0.0.1:%d"
                """.formatted(endpoint, port, port));
        startAgain();
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
        ProcessBuilder builder = new ProcessBuilder(
                Installed.daemon(), "-c", folder.resolve("cfg.yaml").toString(), "-o", "-n", "eu-west-1");
        builder.environment()
                .putAll(Map.of(
                        "AWS_ACCESS_KEY_ID", "none",
                        "AWS_SECRET_ACCESS_KEY", "none",
                        "AWS_EC2_METADATA_DISABLED", "true"));
        process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("daemon.log").toFile()))
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() - end > 0 || !process.isAlive()) {
                    throw new AssertionError(
                            "the daemon does not start: " + Files.readString(folder.resolve("daemon.log")));
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
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
