package io.spanloom.xray;

/** A span of another trace that one of ours names; ids as W3C writes them. */
record SpanLink(String traceId, String spanId) {}
