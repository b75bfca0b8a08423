package io.spanloom.spi;

/** A form of headers in which a trace's ids travel between services. */
public enum HeaderFormat {
    /** {@code X-Amzn-Trace-Id}: AWS's own, also spoken by its load balancers. */
    XRAY,
    /** {@code traceparent} and {@code tracestate}: W3C Trace Context. */
    W3C
}
