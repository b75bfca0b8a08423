package io.spanloom.woven;

import org.jspecify.annotations.Nullable;

/**
 * An argument, or a result, that a span records.
 *
 * @param argument its index among the arguments of the call
 * @param type its type as declared, by the name that {@link Class#forName(String)} takes; a primitive's own name
 * @param path a property path; empty for the value itself
 * @param namespace of metadata; null for an annotation
 * @param onSegment whether the trace's segment records it, not the method's own span
 */
record Capture(
        int argument,
        String type,
        String key,
        String path,
        @Nullable String namespace,
        boolean onSegment) {

    /** For messages. */
    String label() {
        return (namespace == null ? "@SpanAnnotation " : "@SpanMetadata ") + key + (path.isEmpty() ? "" : " = " + path);
    }
}
