package io.spanloom.xray;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes datagrams as a daemon that loses nothing would: what the kernel drops is not what is tested. */
final class RememberingSink implements DatagramSink {

    private final Queue<String> datagrams = new ConcurrentLinkedQueue<>();

    private final Set<Thread> senders = ConcurrentHashMap.newKeySet();
    private volatile Supplier<@Nullable DropReason> answer = () -> null;
    private volatile @Nullable Throwable problem;
    private volatile int closed;

    /** What becomes of each datagram from now on; what it throws, sending throws. */
    void answers(Supplier<@Nullable DropReason> next) {
        answer = next;
    }

    /** Why the last could not be sent. */
    void problemIs(Throwable reason) {
        problem = reason;
    }

    @Override
    public @Nullable DropReason send(ByteBuffer datagram) {
        senders.add(Thread.currentThread());
        DropReason lost = answer.get();
        if (lost == null) {
            datagrams.add(StandardCharsets.UTF_8.decode(datagram).toString());
        }
        return lost;
    }

    @Override
    public @Nullable Throwable problem() {
        return problem;
    }

    @Override
    public String address() {
        return "memory";
    }

    @Override
    public void close() {
        closed++;
    }

    /** How often it was let go of. */
    int closed() {
        return closed;
    }

    List<ObjectNode> documents() {
        return datagrams.stream().map(LocalDaemon::parse).toList();
    }

    List<ObjectNode> flat() {
        return LocalDaemon.flat(documents());
    }

    /** The threads that sent. */
    Set<Thread> senders() {
        return senders;
    }

    int longest() {
        return datagrams.stream()
                .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElse(0);
    }
}
