package io.spanloom.desk.api;

import io.spanloom.desk.summary.HeldTrace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The traces that the API reads and writes. */
public interface Traces {
    List<HeldTrace> newestFirst();

    /** By its 32 hex digits; null if it is not held. */
    @Nullable
    HeldTrace find(String traceId);

    /** The documents of a trace in X-Ray's form. */
    List<SegmentDocument> documents(String traceId);

    /** Takes one document; what was wrong with it, or null if nothing was. */
    @Nullable
    Refusal put(String document);

    /** The 32 hex digits of a trace id in either spelling, or null if it is none. */
    @Nullable
    String digits(String traceId);

    /** X-Ray's spelling of 32 hex digits. */
    String xrayId(String traceId);

    record SegmentDocument(String id, String document) {}

    /** @param id the document's own, if that could be read */
    record Refusal(@Nullable String id, String code, String message) {}
}
