package io.spanloom.desk;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Spanloom notes in metadata namespace {@code spanloom} because the X-Ray document has no field for it: the operation
 * of a segment that must carry its service's name, and the service of a segment that carries its own.
 */
record Bookkeeping(@Nullable String operation, @Nullable String service) {
    private static final String NAMESPACE = "spanloom";

    /** Takes the notes out of the metadata, so that people see only what they put there. */
    static Bookkeeping takeFrom(Map<String, Map<String, @Nullable Object>> metadata) {
        Map<String, @Nullable Object> notes = metadata.get(NAMESPACE);
        if (notes == null) {
            return new Bookkeeping(null, null);
        }
        Bookkeeping taken = new Bookkeeping(takeText(notes, "operation"), takeText(notes, "service"));
        if (notes.isEmpty()) {
            metadata.remove(NAMESPACE);
        }
        return taken;
    }

    private static @Nullable String takeText(Map<String, @Nullable Object> notes, String key) {
        if (notes.get(key) instanceof String text && !text.isEmpty()) {
            notes.remove(key);
            return text;
        }
        return null;
    }
}
