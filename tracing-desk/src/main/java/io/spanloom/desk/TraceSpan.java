package io.spanloom.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One span as the desk understood it, the same whether it came as an X-Ray segment, an X-Ray subsegment or an OTLP span.
 *
 * <p>Immutable. Values inside the maps are what JSON knows: strings, numbers (whole ones as {@link Long} where they fit),
 * booleans, lists, maps and, in metadata only, null.
 *
 * @param id 16 lower-case hex digits, unique within its trace
 * @param parentId the id of the parent, or null for the root of the trace
 * @param name the operation
 * @param service the service that did it; null if no document of the trace says so (yet)
 * @param kind whether X-Ray keeps it as a segment or as a subsegment
 * @param namespace {@code remote}, {@code aws}, or null for local work
 * @param start when it began, to the microsecond
 * @param end when it ended, or null while it is in progress
 * @param annotations indexed values, ordered by key
 * @param metadata values that are not indexed, by namespace, then by key, both ordered
 * @param http the X-Ray http block: {@code request} and {@code response}, each absent when empty
 * @param error the caller was at fault (HTTP 4xx)
 * @param fault the callee was at fault (HTTP 5xx, or a failure of its own)
 * @param throttle the caller was told to slow down (HTTP 429)
 * @param exceptions one entry for each throwable, outermost first
 * @param details what X-Ray keeps in blocks of their own: {@code user}, {@code aws}, {@code sql},
 *     {@code origin}, {@code resource_arn}, {@code links}; not part of the JSON line
 * @param source the protocol of the document that had the last word on this span
 */
public record TraceSpan(
        String id,
        @Nullable String parentId,
        String name,
        @Nullable String service,
        Kind kind,
        @Nullable String namespace,
        Instant start,
        @Nullable Instant end,
        Map<String, Object> annotations,
        Map<String, Map<String, @Nullable Object>> metadata,
        Map<String, Map<String, Object>> http,
        boolean error,
        boolean fault,
        boolean throttle,
        List<Thrown> exceptions,
        Map<String, Object> details,
        Source source) {

    /** Where {@link #details} has links to other spans. */
    static final String LINKS = "links";

    /** Neither error, nor fault, nor throttle. */
    public boolean ok() {
        return !error && !fault && !throttle;
    }

    /** The document that said so was sent while the work went on; a later one brings the end. */
    public boolean inProgress() {
        return end == null;
    }

    /** From start to end; zero while in progress, or if the clock ran backwards. */
    public Duration duration() {
        return end == null || end.isBefore(start) ? Duration.ZERO : Duration.between(start, end);
    }

    TraceSpan withService(@Nullable String resolved) {
        return new TraceSpan(
                id,
                parentId,
                name,
                resolved,
                kind,
                namespace,
                start,
                end,
                annotations,
                metadata,
                http,
                error,
                fault,
                throttle,
                exceptions,
                details,
                source);
    }

    /** What X-Ray keeps a span as: a service's own share of a trace, or a step within one. */
    public enum Kind {
        SEGMENT,
        SUBSEGMENT
    }

    /** The protocol a span came by. */
    public enum Source {
        XRAY,
        OTLP
    }

    /**
     * A throwable that passed through a span.
     *
     * @param type the class name; empty if the document names none
     * @param message the message; empty if there was none
     * @param stack where it was thrown, the innermost frame first, at most 200; empty if nobody said, and for what came as an
     *     X-Ray document, which the desk keeps whole beside the span
     * @param truncated how many frames there were besides
     */
    public record Thrown(String type, String message, List<Frame> stack, int truncated) {
        public Thrown {
            stack = List.copyOf(stack);
        }

        /** Without a stack. */
        public Thrown(String type, String message) {
            this(type, message, List.of(), 0);
        }
    }

    /**
     * A step of a stack.
     *
     * @param label what was called; a line as it is where the stack is not the JVM's
     * @param path the file; empty if nobody said
     * @param line of the file; 0 if nobody said
     */
    public record Frame(String label, String path, int line) {}
}
