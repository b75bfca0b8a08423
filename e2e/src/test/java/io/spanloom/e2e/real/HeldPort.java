package io.spanloom.e2e.real;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a port while nobody listens there, so that nobody is given it meanwhile: a UDP socket that takes datagrams of one
 * address only, from which none come, and a TCP socket that does not listen. Everybody is refused as on a port that is free.
 */
final class HeldPort implements Closeable {

    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final DatagramSocket udp;
    private final Socket tcp = new Socket();

    private HeldPort(DatagramSocket udp) {
        this.udp = udp;
    }

    /** Takes a port that is just being given up, which takes its moment. */
    static HeldPort of(int port) throws Exception {
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        HeldPort held = new HeldPort(patiently(() -> new DatagramSocket(here)));
        held.udp.connect(InetAddress.getLoopbackAddress(), 9);
        held.tcp.setReuseAddress(true);
        patiently(() -> {
            held.tcp.bind(here);
            return held;
        });
        return held;
    }

    /** Something that opens a socket. */
    @FunctionalInterface
    interface Opening<T> {
        T open() throws IOException;
    }

    static <T> T patiently(Opening<T> opening) throws Exception {
        long end = System.nanoTime() + DEADLINE_NANOS;
        while (true) {
            try {
                return opening.open();
            } catch (IOException taken) {
                if (System.nanoTime() - end > 0) {
                    throw taken;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
