package io.spanloom;

/**
 * What a span stands for in a conversation between services, in OpenTelemetry's terms.
 *
 * <p>X-Ray knows no kinds; there {@link #CLIENT} and {@link #PRODUCER} become the namespace {@code remote}, and
 * {@link #SERVER} and {@link #CONSUMER} become segments.
 */
public enum SpanKind {
    /** Work inside one service. The default. */
    INTERNAL,
    /** A request that this service answers. */
    SERVER,
    /** A call to another service. */
    CLIENT,
    /** A message that this service sends. */
    PRODUCER,
    /** A message that this service handles. */
    CONSUMER;

    /** Whether a span of this kind enters a service, so that X-Ray shows it as a segment even under a parent. */
    public boolean entersService() {
        return this == SERVER || this == CONSUMER;
    }

    /** Whether a span of this kind leaves a service, so that X-Ray shows it in the namespace {@code remote}. */
    public boolean leavesService() {
        return this == CLIENT || this == PRODUCER;
    }
}
