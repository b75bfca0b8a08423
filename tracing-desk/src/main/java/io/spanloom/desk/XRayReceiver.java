package io.spanloom.desk;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;

/** Takes the datagrams that X-Ray SDKs send to their daemon. One thread receives, another reads and hands over. */
final class XRayReceiver implements Closeable {
    /** Room for a burst while a document is being read. The kernel may give less (on Linux, {@code net.core.rmem_max}). */
    private static final int RECEIVE_BUFFER_BYTES = 8 * 1024 * 1024;

    private static final long CLOSE_MILLIS = 2_000;

    private final DatagramChannel channel;
    private final InetSocketAddress address;
    private final Intake intake;
    private final DatagramQueue queue = new DatagramQueue(DatagramQueue.MAX_BYTES);
    private final Thread thread;
    private final Thread reader;

    private XRayReceiver(DatagramChannel channel, Intake intake) throws IOException {
        this.channel = channel;
        this.address = (InetSocketAddress) channel.getLocalAddress();
        this.intake = intake;
        this.thread = new Thread(this::receive, "desk-xray");
        thread.setDaemon(true);
        this.reader = new Thread(this::readAll, "desk-xray-reader");
        reader.setDaemon(true);
    }

    /** Listens from here on; throws if the address cannot be had. */
    static XRayReceiver start(InetSocketAddress address, Intake intake) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            channel.bind(address);
            XRayReceiver receiver = new XRayReceiver(channel, intake);
            receiver.thread.start();
            receiver.reader.start();
            return receiver;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    InetSocketAddress address() {
        return address;
    }

    private void receive() {
        // One byte more than allowed, so that a larger datagram is seen to be larger instead of arriving cut.
        ByteBuffer buffer = ByteBuffer.allocate(XRayDatagram.MAX_BYTES + 1);
        while (channel.isOpen()) {
            SocketAddress from;
            buffer.clear();
            try {
                from = channel.receive(buffer);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                intake.rejected(Refused.unread(Protocol.UDP, Rejection.INTERNAL, "receiving failed: " + e));
                continue;
            }
            intake.knocked(Protocol.UDP, from);
            if (buffer.position() == 0 || buffer.position() == 1 && buffer.get(0) == '\n') {
                continue; // somebody looks whether the port is open: Tracing.doctor() does
            }
            if (!queue.offer(Arrays.copyOf(buffer.array(), buffer.position()))) {
                intake.spilled();
            }
        }
    }

    private void readAll() {
        try {
            for (byte[] datagram = queue.take(); datagram != null; datagram = queue.take()) {
                handle(datagram, datagram.length);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Datagrams that wait to be read. */
    int waiting() {
        return queue.size();
    }

    private void handle(byte[] data, int length) {
        try {
            intake.accepted(XRayDatagram.read(data, length));
        } catch (RejectedException e) {
            intake.rejected(Refused.of(Protocol.UDP, e.reason(), e.detail(), data, length));
        } catch (RuntimeException | StackOverflowError e) {
            // Not known to happen; a desk that goes deaf over one document would be worse than one that says so.
            intake.rejected(Refused.of(Protocol.UDP, Rejection.INTERNAL, e.toString(), data, length));
        }
    }

    /** What has been received is still read, for two seconds at most. */
    @Override
    public void close() throws IOException {
        channel.close();
        queue.close();
        try {
            reader.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (int left = queue.size(); left > 0; left--) {
            intake.spilled();
        }
        reader.interrupt();
    }
}
