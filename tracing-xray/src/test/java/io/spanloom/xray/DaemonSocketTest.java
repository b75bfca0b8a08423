package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Where datagrams go when the daemon's name or family of addresses is not the usual one. */
class DaemonSocketTest {

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String received(DatagramSocket socket) throws Exception {
        socket.setSoTimeout(10_000);
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }

    @Test
    void nameThatMoves_isFollowed() throws Exception {
        InetAddress first = InetAddress.getByName("127.0.0.1");
        InetAddress second = InetAddress.getByName("127.0.0.2");
        AtomicReference<InetAddress> where = new AtomicReference<>(first);
        try (DatagramSocket old = new DatagramSocket(new InetSocketAddress(first, 0));
                DatagramSocket moved = new DatagramSocket(new InetSocketAddress(second, old.getLocalPort()))) {
            DaemonSocket socket = new DaemonSocket(
                    new DaemonAddress("daemon.test", old.getLocalPort()),
                    host -> java.util.Objects.requireNonNull(where.get()),
                    0);
            assertThat(socket.send(text("one"))).isNull();
            assertThat(received(old)).isEqualTo("one");
            where.set(second);

            moved.setSoTimeout(10);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
                socket.send(text("two"));
                try {
                    moved.receive(new DatagramPacket(new byte[100], 100));
                    return true;
                } catch (java.net.SocketTimeoutException notYet) {
                    return false;
                }
            });
            socket.close();
        }
    }

    @Test
    void nameServerThatFailsLater_leavesWhatIsConnected() throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        AtomicInteger asked = new AtomicInteger();
        try (DatagramSocket daemon = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
            DaemonSocket socket = new DaemonSocket(
                    new DaemonAddress("daemon.test", daemon.getLocalPort()),
                    host -> {
                        if (asked.incrementAndGet() > 1) {
                            throw new UnknownHostException(host);
                        }
                        return loopback;
                    },
                    0);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
                assertThat(socket.send(text("x"))).isNull();
                return asked.get() > 3;
            });
            socket.close();
        }
    }

    @Test
    void ipv6_isSentTo() throws Exception {
        DatagramSocket daemon;
        try {
            daemon = new DatagramSocket(new InetSocketAddress("::1", 0));
        } catch (java.io.IOException none) {
            Assumptions.abort("no IPv6 on this machine");
            return;
        }
        try (daemon) {
            DaemonSocket socket = new DaemonSocket(DaemonAddress.parse("[::1]:" + daemon.getLocalPort()));
            assertThat(socket.send(text("six"))).isNull();
            assertThat(received(daemon)).isEqualTo("six");
            socket.close();
        }
    }
}
