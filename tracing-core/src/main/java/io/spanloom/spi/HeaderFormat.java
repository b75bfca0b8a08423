package io.spanloom.spi;

/** A form of headers in which a trace's ids travel between services. */
public enum HeaderFormat {
    /** {@code X-Amzn-Trace-Id}: AWS's own, also spoken by its load balancers. */
    XRAY,
    /** {@code traceparent} and {@code tracestate}: W3C Trace Context. */
    W3C,
    /** {@code b3}: Zipkin's, in one header. Read are both of Zipkin's forms, this one first. */
    B3,
    /** {@code X-B3-TraceId}, {@code X-B3-SpanId}, {@code X-B3-Sampled}: Zipkin's, written in several. Read as {@link #B3}. */
    B3_MULTI
}
