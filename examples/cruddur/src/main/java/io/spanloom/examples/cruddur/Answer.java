package io.spanloom.examples.cruddur;

import java.io.IOException;
import java.util.Map;

/** A status and a body of JSON. */
@SuppressWarnings("ArrayRecordComponent") // made, sent and forgotten: never compared
record Answer(int status, byte[] body) {

    static Answer ok(Object body) throws IOException {
        return new Answer(200, Json.write(body));
    }

    static Answer error(int status, String message) throws IOException {
        return new Answer(status, Json.write(Map.of("error", message)));
    }
}
