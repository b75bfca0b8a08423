package io.spanloom.xray;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends datagrams to the daemon. Used by one thread, which may block here on resolving the daemon's name.
 *
 * <p>The channel is connected, because only then does the system tell that nobody listens (ICMP). It does so after the
 * datagram has left: at once on this host, which a read right after the write shows; from another host with one of the
 * next datagrams. Everything else that is lost on the way, nobody learns.
 */
final class DaemonSocket {

    /** A name is looked up again after so long without success, and no sooner. */
    private static final long RETRY_NANOS = 1_000_000_000L;

    /** How often a full send buffer is tried again, a millisecond apart. */
    private static final int TRIES = 200;

    private final DaemonAddress address;
    private final ByteBuffer nothing = ByteBuffer.allocate(1);
    private @Nullable DatagramChannel channel;
    private boolean failed;
    private long failedAt;

    /** Why the last datagram could not be sent, where the system said so. */
    private @Nullable IOException problem;

    DaemonSocket(DaemonAddress address) {
        this.address = address;
    }

    DaemonAddress address() {
        return address;
    }

    @Nullable
    IOException problem() {
        return problem;
    }

    /** Sends; null where that went well as far as can be known. */
    @Nullable
    DropReason send(ByteBuffer datagram) {
        try {
            DatagramChannel open = channel();
            if (open == null) {
                return DropReason.CANNOT_SEND;
            }
            boolean sent;
            try {
                sent = write(open, datagram);
            } catch (PortUnreachableException earlier) {
                // An earlier datagram's answer; this one has not been sent yet.
                problem = earlier;
                datagram.rewind();
                sent = write(open, datagram);
            }
            if (sent) {
                nothing.clear();
                open.read(nothing);
            }
            return sent ? null : DropReason.CANNOT_SEND;
        } catch (PortUnreachableException nobody) {
            problem = nobody;
            // Opened anew next time: the name may stand for another host by then.
            close();
            return DropReason.PORT_UNREACHABLE;
        } catch (IOException refused) {
            problem = refused;
            failed = true;
            failedAt = System.nanoTime();
            close();
            return DropReason.CANNOT_SEND;
        }
    }

    private static boolean write(DatagramChannel channel, ByteBuffer datagram) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            if (channel.write(datagram) > 0) {
                return true;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return false;
    }

    private @Nullable DatagramChannel channel() throws IOException {
        DatagramChannel open = channel;
        if (open != null) {
            return open;
        }
        if (failed && System.nanoTime() - failedAt < RETRY_NANOS) {
            return null;
        }
        InetSocketAddress daemon = new InetSocketAddress(address.host(), address.port());
        if (daemon.isUnresolved()) {
            throw new UnknownHostException(address.host());
        }
        DatagramChannel fresh = DatagramChannel.open();
        try {
            fresh.configureBlocking(false);
            fresh.connect(daemon);
        } catch (IOException | RuntimeException refused) {
            fresh.close();
            throw refused;
        }
        failed = false;
        channel = fresh;
        return fresh;
    }

    void close() {
        DatagramChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException already) {
                // Nothing is left to let go of.
            }
        }
    }
}
