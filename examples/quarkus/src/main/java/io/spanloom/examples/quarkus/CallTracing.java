package io.spanloom.examples.quarkus;

import io.spanloom.Span;
import io.spanloom.http.OutgoingCalls;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;

/** Makes every call by a REST client a span that the called service continues. */
@Provider
public class CallTracing implements ClientRequestFilter, ClientResponseFilter {

    private static final String SPAN = Span.class.getName();

    @Override
    public void filter(ClientRequestContext call) {
        Span span = OutgoingCalls.start(
                call.getMethod(), call.getUri().getHost(), call.getUri().toString());
        OutgoingCalls.inject(span, call.getHeaders(), MultivaluedMap::putSingle);
        call.setProperty(SPAN, span.detach());
    }

    @Override
    public void filter(ClientRequestContext call, ClientResponseContext answer) {
        if (call.getProperty(SPAN) instanceof Span span) {
            boolean answered = answer.getStatus() > 0; // Quarkus does not tell a filter what went wrong
            if (answered) {
                OutgoingCalls.answered(span, answer.getStatus(), answer.getHeaderString("Content-Length"));
            }
            OutgoingCalls.end(span, answered ? null : new IOException("not answered"));
        }
    }
}
