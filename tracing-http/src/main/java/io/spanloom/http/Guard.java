package io.spanloom.http;

import io.spanloom.spi.Reporter;

/** What an edge does with what goes wrong in itself: says it, and leaves the exchange alone. */
final class Guard {

    private Guard() {}

    static void refused(String what, Throwable thrown) {
        Reporter.refused("TRC-240", "tracing could not " + what + "; the exchange itself is not affected", thrown);
    }
}
