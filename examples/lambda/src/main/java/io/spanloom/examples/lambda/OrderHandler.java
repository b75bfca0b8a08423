package io.spanloom.examples.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.spanloom.Span;
import io.spanloom.Tracing;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prices an order: {@code {"id": "o-1", "quantity": 3}}.
 *
 * <p>Nothing here is about Lambda but the interface: the span around the whole is a subsegment of the segment that Lambda
 * sends for the function, and has left before Lambda freezes the process.
 */
public final class OrderHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private static final int CENTS = 1_250;

    private boolean warm;

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> order, Context context) {
        return Tracing.call("OrderHandler.handleRequest", span -> {
            span.annotation("cold_start", !warm).annotation("request_id", context.getAwsRequestId());
            warm = true;
            String id = String.valueOf(order.get("id"));
            Tracing.current().annotation("order", id);
            int total = price(order.get("quantity"));
            return Map.of("id", id, "cents", total, "header", headerOfACall());
        });
    }

    private static int price(@Nullable Object quantity) {
        try (Span span = Tracing.subsegment("price")) {
            if (!(quantity instanceof Number count)) {
                throw new IllegalArgumentException("an order needs a quantity");
            }
            span.metadata("orders", "quantity", count);
            return CENTS * count.intValue();
        }
    }

    /** What a call to the next service would carry. */
    private static String headerOfACall() {
        Map<String, String> headers = new HashMap<>();
        Tracing.inject(headers, Map::put);
        return headers.getOrDefault("X-Amzn-Trace-Id", "");
    }
}
