package io.spanloom.desk.page;

import io.spanloom.desk.DeskCounters;
import io.spanloom.desk.Trace;
import io.spanloom.desk.filter.FilterException;
import io.spanloom.desk.filter.TraceElement;
import io.spanloom.desk.summary.HeldTrace;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the page shows. Called from several threads at once. */
public interface PageSource {
    List<HeldTrace> newestFirst();

    /** How many traces are held. */
    int held();

    /** How many traces may be held. */
    int maxTraces();

    /** About how many bytes of heap they may take. */
    long maxBytes();

    /** The trace of these 32 hex digits; null if it is not held. */
    @Nullable
    HeldTrace find(String traceId);

    /** The spans in the order of the tree; null if the trace is not held. */
    @Nullable
    Trace trace(String traceId);

    /** The 32 hex digits of a trace id in either spelling, or null if it is none. */
    @Nullable
    String digits(String traceId);

    /** The documents of a trace in X-Ray's form, by the id of the span each is about; each written when it is asked for. */
    Map<String, Supplier<String>> documents(String traceId);

    /** What an expression asks of traces; it may name groups. */
    Predicate<TraceElement> filter(String expression) throws FilterException;

    DeskCounters counters();

    /** Where the desk listens, by name: {@code xray}, {@code otlp}, {@code http}. */
    Map<String, String> addresses();

    /** Takes spans of OTLP in JSON; how many. What could not be taken throws, with a reason for people. */
    int importOtlp(InputStream json) throws IOException;
}
