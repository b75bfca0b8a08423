package io.spanloom.desk;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Where receivers hand over what they read. Called from several threads at once. */
interface Intake {

    /** A datagram or request has come, whatever is in it. */
    default void knocked(Protocol protocol, @Nullable SocketAddress from) {}

    /** A datagram was thrown away unread, for too many were waiting. */
    default void spilled() {}

    void accepted(Received document);

    /** One document was refused. */
    void rejected(Refused refused);
}
