package io.spanloom.sampling;

import java.io.IOException;

/** Whoever hands rules and targets out; shown as the address in messages. */
@FunctionalInterface
interface Daemon {

    /**
     * Posts a JSON document and reads the JSON answer. May block.
     *
     * @throws IOException where there is no daemon, no answer in time, or one that is no success
     * @throws IllegalArgumentException where the answer is no JSON, or too large
     */
    JsonValue post(String path, String json) throws IOException;
}
