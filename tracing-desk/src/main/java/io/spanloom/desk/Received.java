package io.spanloom.desk;

import java.util.List;

/**
 * One document, whichever way it came: an X-Ray document with the subsegments embedded in it, or one OTLP span.
 *
 * @param traceId 32 lower-case hex digits
 * @param spans never empty; each parent before its children
 */
record Received(String traceId, List<TraceSpan> spans) {}
