package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.internal.async.Returned;
import io.spanloom.spi.AsyncCall;
import io.spanloom.spi.AsyncSpan;
import io.spanloom.spi.FutureType;
import io.spanloom.spi.PublisherType;
import io.spanloom.spi.Said;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Types of results that applications add, and those among them that are broken. */
class OwnResultTypesTest {

    private final InMemory memory = new InMemory();

    @AfterEach
    void close() {
        memory.close();
        assertThat(Tracing.current()).isSameAs(Span.noop());
    }

    /** Completes when told to. */
    static final class Promise {
        BiConsumer<Object, Throwable> listener = (value, thrown) -> {};
    }

    public static final class Promises implements FutureType {
        @Override
        public boolean includes(Class<?> type) {
            return type == Promise.class;
        }

        @Override
        public void listen(Object result, AsyncSpan span) {
            ((Promise) result).listener = span::end;
        }
    }

    static final class Unfollowed {}

    public static final class Refusing implements FutureType {
        @Override
        public boolean includes(Class<?> type) {
            return type == Unfollowed.class;
        }

        @Override
        public void listen(Object result, AsyncSpan span) {
            throw new UnsupportedOperationException("no listeners");
        }
    }

    static final class Undecorated {}

    public static final class RefusingPublishers implements PublisherType {
        @Override
        public boolean includes(Class<?> type) {
            return type == Undecorated.class;
        }

        @Override
        public Object decorate(Object result, AsyncCall call) {
            throw new UnsupportedOperationException("no subscribers");
        }
    }

    static final class Confusing {}

    public static final class Confused implements FutureType {
        @Override
        public boolean includes(Class<?> type) {
            if (type == Confusing.class) {
                throw new IllegalStateException("cannot tell");
            }
            return false;
        }

        @Override
        public void listen(Object result, AsyncSpan span) {}
    }

    private static void called(Object result) {
        Object returned = Tracing.call("load", span -> result);
        assertThat(returned).isSameAs(result);
    }

    @Test
    void ownFuture_endsTheSpanWhenItCompletesAndIsTheVeryObject() {
        Promise promise = new Promise();
        called(promise);
        assertThat(memory.ended).isEmpty();

        promise.listener.accept("value", null);
        promise.listener.accept(null, new IllegalStateException("twice"));

        assertThat(memory.ended)
                .singleElement()
                .satisfies(span -> assertThat(span.outcome()).isEqualTo(Outcome.OK));
    }

    @Test
    void ownFutureThatCannotBeFollowed_endsAtReturnAndIsSaid() throws Exception {
        Unfollowed result = new Unfollowed();
        String said = Said.by(() -> called(result));

        assertThat(memory.ended).hasSize(1);
        assertThat(said).contains("TRC-041").contains("no listeners");
    }

    @Test
    void ownPublisherThatCannotBeDecorated_endsAtReturnAndIsSaid() throws Exception {
        Undecorated result = new Undecorated();
        String said = Said.by(() -> called(result));

        assertThat(memory.ended).hasSize(1);
        assertThat(said).contains("TRC-041").contains("no subscribers");
    }

    @Test
    void ownTypeThatCannotTell_isSaidAndTheResultEndsAtReturn() throws Exception {
        Confusing result = new Confusing();
        String said = Said.by(() -> called(result));

        assertThat(memory.ended).hasSize(1);
        assertThat(said).contains("TRC-040").contains("cannot tell");
    }

    @Test
    void captureThatThrows_costsNotTheEndOfTheSpan() throws Exception {
        CompletableFuture<String> result = new CompletableFuture<>();
        Span span = Tracing.span("load");
        Returned.future(result, span, (recorded, value) -> {
            throw new IllegalStateException("no capture");
        });
        String said = Said.by(() -> result.complete("value"));

        assertThat(memory.ended).hasSize(1);
        assertThat(said).contains("TRC-041").contains("no capture");
    }
}
