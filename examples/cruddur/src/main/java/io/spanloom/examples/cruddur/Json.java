package io.spanloom.examples.cruddur;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Bodies. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static byte[] write(Object body) throws IOException {
        return MAPPER.writeValueAsBytes(body);
    }

    static <T> T read(byte[] body, Class<T> type) throws IOException {
        return MAPPER.readValue(body, type);
    }
}
