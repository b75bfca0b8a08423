package io.spanloom.http;

import io.spanloom.CarrierGetter;
import io.spanloom.CarrierSetter;
import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.SpanSpec.Placement;
import io.spanloom.Tracing;
import java.util.concurrent.ConcurrentHashMap;

/** The span of a request that this service answers. Never throws. */
final class IncomingRequest {

    private static final int NAMES = 1_000;
    private static final ConcurrentHashMap<String, SpanSpec> SPECS = new ConcurrentHashMap<>();

    private IncomingRequest() {}

    static <I, O> Span start(
            String operation,
            Http.Request request,
            I headers,
            CarrierGetter<I> getter,
            O answer,
            CarrierSetter<O> setter) {
        Span span = Tracing.segment(spec(operation), request, headers, getter);
        Tracing.answer(span, answer, setter);
        return span;
    }

    private static SpanSpec spec(String name) {
        SpanSpec known = SPECS.get(name);
        if (known == null) {
            known = SpanSpec.named(name).kind(SpanKind.SERVER).placement(Placement.SEGMENT);
            if (SPECS.size() < NAMES) {
                SPECS.put(name, known);
            }
        }
        return known;
    }
}
