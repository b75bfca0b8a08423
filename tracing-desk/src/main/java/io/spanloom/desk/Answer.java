package io.spanloom.desk;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What is answered to a request: a status, a content type and a body. */
record Answer(int status, String contentType, byte[] body) {

    static Answer json(int status, Map<String, ?> fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonValues.FACTORY.createGenerator(bytes)) {
            JsonLine.writeValue(json, fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Answer(status, "application/json", bytes.toByteArray());
    }

    static Answer text(String text) {
        return new Answer(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }
}
