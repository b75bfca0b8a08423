package io.spanloom.benchmarks;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;

/**
 * A port on the loopback address where an X-Ray daemon seems to listen. Nobody reads: once its buffer is full the kernel
 * drops what is sent, which costs the sender what sending costs and the machine no reader.
 */
final class DaemonPort {

    private static final DatagramSocket SOCKET = bound();

    private DaemonPort() {}

    static String address() {
        return "127.0.0.1:" + SOCKET.getLocalPort();
    }

    private static DatagramSocket bound() {
        try {
            return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (SocketException refused) {
            throw new IllegalStateException(refused);
        }
    }
}
