package io.spanloom.desk;

/** The desk's reader, for targets in other packages. */
public final class Documents {

    private Documents() {}

    /** Whether the desk takes a datagram; false where it says why not. */
    public static boolean isTaken(byte[] datagram, int length) {
        try {
            return XRayDatagram.read(datagram, length) != null;
        } catch (RejectedException rejected) {
            if (rejected.reason() == null) {
                throw new AssertionError("rejected without a reason", rejected);
            }
            return false;
        }
    }
}
