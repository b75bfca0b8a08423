package io.spanloom.xray;

import io.spanloom.spi.Findings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
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
final class DaemonSocket implements DatagramSink {

    /** A name is looked up again after so long without success, and no sooner. */
    private static final long RETRY_NANOS = 1_000_000_000L;

    /** A name is looked up anew after so long: as long as the JDK, without further settings, remembers the last answer. */
    private static final long LOOK_UP_NANOS = 30_000_000_000L;

    /** How often a full send buffer is tried again, a millisecond apart. */
    private static final int TRIES = 200;

    private final DaemonAddress address;
    private final ByteBuffer nothing = ByteBuffer.allocate(1);
    private @Nullable DatagramChannel channel;
    private boolean failed;
    private long failedAt;

    /** Why the last datagram could not be sent, where the system said so. */
    private @Nullable IOException problem;

    private final Resolver resolver;
    private final long lookUpNanos;
    private volatile @Nullable InetAddress connected;
    private volatile @Nullable InetAddress found;
    private volatile boolean looking;
    private long lookedUp;

    DaemonSocket(DaemonAddress address) {
        this(address, InetAddress::getByName, LOOK_UP_NANOS);
    }

    DaemonSocket(DaemonAddress address, Resolver resolver, long lookUpNanos) {
        this.address = address;
        this.resolver = resolver;
        // An address needs no look-up.
        this.lookUpNanos = IpAddress.is(address.host()) ? Long.MAX_VALUE : lookUpNanos;
    }

    /** Finds the address of a host. */
    interface Resolver {
        InetAddress resolve(String host) throws IOException;
    }

    @Override
    public String address() {
        return address.toString();
    }

    @Override
    public void check(Findings findings) {
        DaemonCheck.check(address, findings);
    }

    @Override
    public @Nullable IOException problem() {
        return problem;
    }

    @Override
    public @Nullable DropReason send(ByteBuffer datagram) {
        try {
            followTheName();
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
        InetSocketAddress daemon = new InetSocketAddress(resolver.resolve(address.host()), address.port());
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
        connected = daemon.getAddress();
        lookedUp = System.nanoTime();
        return fresh;
    }

    /**
     * Turns to another address where the name stands for another by now: a daemon that was moved leaves nobody behind to
     * answer "unreachable". A thread that lives for one look-up asks, because a name server that does not answer would stall
     * sending for seconds.
     */
    private void followTheName() {
        if (channel == null || System.nanoTime() - lookedUp < lookUpNanos) {
            return;
        }
        InetAddress now = found;
        if (now != null) {
            found = null;
            lookedUp = System.nanoTime();
            if (!now.equals(connected)) {
                close();
            }
        } else if (!looking) {
            looking = true;
            Thread lookUp = new Thread(this::lookUp, "spanloom-xray-lookup");
            lookUp.setDaemon(true);
            lookUp.setContextClassLoader(null);
            lookUp.start();
        }
    }

    private void lookUp() {
        try {
            found = resolver.resolve(address.host());
        } catch (IOException | RuntimeException unknown) {
            found = connected; // better than nothing; asked again later
        } finally {
            looking = false;
        }
    }

    @Override
    public void close() {
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
