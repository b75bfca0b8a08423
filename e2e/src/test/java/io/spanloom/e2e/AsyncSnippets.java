package io.spanloom.e2e;

import io.spanloom.Tracing;
import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Traced;
import io.spanloom.spi.AsyncSpan;
import io.spanloom.spi.FutureType;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** The code of {@code docs/async.md}, compiled; {@link SnippetsTest} holds them together. */
@SuppressWarnings("unused")
final class AsyncSnippets {

    record Receipt(String number) {}

    static final class CardDeclined extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    interface Gateway {
        CompletionStage<Receipt> charge(long order);
    }

    interface Promise<T> {
        void onDone(BiConsumer<? super T, Throwable> listener);
    }

    static final class Shop {
        private final Gateway gateway;

        Shop(Gateway gateway) {
            this.gateway = gateway;
        }

        @Traced(ignore = CardDeclined.class)
        @SpanAnnotation(value = "receipt", path = "number")
        CompletionStage<Receipt> charge(@SpanAnnotation("order") long order) {
            return gateway.charge(order);
        }
    }

    static void byHand(Gateway gateway, long order) {
        CompletionStage<Receipt> receipt = Tracing.call("charge", span -> gateway.charge(order));
    }

    public static final class PromiseType implements FutureType {
        @Override
        public boolean includes(Class<?> type) {
            return Promise.class.isAssignableFrom(type);
        }

        @Override
        public void listen(Object result, AsyncSpan span) {
            ((Promise<?>) result).onDone(span::end);
        }
    }
}
