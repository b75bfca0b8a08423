package io.spanloom.http;

import io.spanloom.CarrierGetter;
import io.spanloom.CarrierSetter;
import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.Tracing;

/** The span of a request that this service answers. Never throws. */
final class IncomingRequest {

    private IncomingRequest() {}

    static <I, O> Span start(
            String operation,
            Http.Request request,
            I headers,
            CarrierGetter<I> getter,
            O answer,
            CarrierSetter<O> setter) {
        Span span = Tracing.segment(operation, request, headers, getter);
        Tracing.answer(span, answer, setter);
        return span;
    }
}
