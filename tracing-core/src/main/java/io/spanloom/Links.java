package io.spanloom;

import io.spanloom.spi.SpanSeed;

/**
 * Links from work with several causes to each of them, such as a batch of messages that is handled as one.
 *
 * <pre>{@code
 * try (Span span = Tracing.segment(INDEXING)) {
 *     batch.forEach(message -> Links.add(span, message, Message::header));
 *     index.addAll(batch);
 * }
 * }</pre>
 *
 * <p>Nothing here throws. Messages that are handled one by one are better {@linkplain Tracing#segment(SpanSpec, Object,
 * CarrierGetter) segments} of their producers' own traces.
 */
public final class Links {

    private Links() {}

    /** {@linkplain Span#link Links} the span to the one whose trace's headers a carrier has; to none where it has none. */
    public static <C> Span add(Span span, C carrier, CarrierGetter<C> getter) {
        if (span != null && span.isRecording() && carrier != null && getter != null) {
            SpanSeed seed = Lifecycle.active().propagation().extract(carrier, getter);
            if (seed != null && seed.traceId() != null && seed.parentSpanId() != null) {
                return span.link(seed.traceId(), seed.parentSpanId());
            }
        }
        return span;
    }
}
