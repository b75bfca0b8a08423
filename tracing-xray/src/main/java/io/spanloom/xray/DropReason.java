package io.spanloom.xray;

/** Why a document was lost, with what the people who run the application read about it. */
enum DropReason {
    QUEUE_FULL(
            "TRC-100",
            "queue full",
            "X-Ray documents were dropped: they come faster than they can be sent, or sending has stalled."
                    + " Record fewer traces (tracing.sampling) or fewer spans"),
    TOO_LARGE(
            "TRC-101",
            "too large",
            "an X-Ray document was dropped: even without metadata and stack frames it is larger than the 63 KiB that"
                    + " one datagram holds. Record less on one span"),
    PORT_UNREACHABLE(
            "TRC-102",
            "port unreachable",
            "X-Ray documents were dropped: nobody listens at the daemon's address (ICMP: port unreachable). Start the"
                    + " X-Ray daemon or tracing-desk, or correct tracing.xray.daemon-address (AWS_XRAY_DAEMON_ADDRESS)"),
    CANNOT_SEND(
            "TRC-103",
            "cannot send",
            "X-Ray documents were dropped: they cannot be sent to the daemon's address. Check that the host of"
                    + " tracing.xray.daemon-address (AWS_XRAY_DAEMON_ADDRESS) resolves and can be reached"),
    SHUTTING_DOWN(
            "TRC-104",
            "shutting down",
            "X-Ray documents were dropped: they ended after tracing was shut down, or could not be sent within the two"
                    + " seconds that a shutdown takes. Call Tracing.shutdown() after the last work has ended"),
    NOT_WRITTEN(
            "TRC-105",
            "not written",
            "an X-Ray document was dropped: it could not be written as JSON. A subsegment of other instrumentation"
                    + " probably carries metadata that Jackson cannot write");

    final String code;

    /** As {@code BackendStats} names it. */
    final String words;

    final String message;

    DropReason(String code, String words, String message) {
        this.code = code;
        this.words = words;
        this.message = message;
    }
}
