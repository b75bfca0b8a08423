package io.spanloom.desk.page;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes what the page reads. */
final class PageJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private PageJson() {}

    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    static byte[] bytes(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try {
            write(bytes, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static void write(OutputStream out, Content content) throws IOException {
        try (JsonGenerator json = MAPPER.createGenerator(out)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        }
    }

    /** Maps, lists and plain values. */
    static void field(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        json.writeFieldName(name);
        json.writePOJO(value);
    }

    /** Seconds to the microsecond; nothing where there are none. */
    static void seconds(JsonGenerator json, String name, double value) throws IOException {
        if (!Double.isNaN(value)) {
            json.writeNumberField(name, BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_UP));
        }
    }

    static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }
}
