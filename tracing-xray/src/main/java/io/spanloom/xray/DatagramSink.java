package io.spanloom.xray;

import io.spanloom.spi.Findings;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Where datagrams go; used by one thread. */
interface DatagramSink {

    /** Sends; null where that went well as far as can be known. */
    @Nullable
    DropReason send(ByteBuffer datagram);

    /** Why the last datagram could not be sent, where the system said so. */
    @Nullable
    Throwable problem();

    /** As messages call it. */
    String address();

    /** Looks whether somebody is there; called by any thread, which may wait. */
    default void check(Findings findings) {}

    void close();
}
