package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanloom.Outcome;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.SpanMetadata;
import io.spanloom.annotation.Traced;
import io.spanloom.spi.MemorySpan;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Methods whose results have begun already and complete later. */
class FutureResultsTest extends WovenTest {

    record Receipt(String number, int total) {}

    static class Declined extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static class ReceiptFuture extends CompletableFuture<Receipt> {}

    static class Shop {
        @Traced
        CompletionStage<Receipt> stage(CompletionStage<Receipt> given) {
            return given;
        }

        @Traced(ignore = Declined.class)
        @SpanAnnotation(value = "receipt", path = "number")
        CompletableFuture<Receipt> future(@SpanAnnotation("id") int id, CompletableFuture<Receipt> given) {
            return given;
        }

        @Traced(expected = Declined.class)
        @SpanMetadata(key = "receipt")
        ReceiptFuture subclass(ReceiptFuture given) {
            return given;
        }

        @Traced
        @SpanAnnotation(value = "receipt", path = "number")
        ReceiptFuture subclassWithPath(ReceiptFuture given) {
            return given;
        }

        @Traced
        @SpanAnnotation(value = "receipt", path = "number")
        CompletionStage<? extends Receipt> wildcard(CompletionStage<? extends Receipt> given) {
            return given;
        }

        @Traced
        @SpanAnnotation("result")
        Object anything(Object given) {
            return given;
        }

        @Traced
        <T> T generic(T given) {
            return given;
        }

        @Traced
        Future<Receipt> plain(Future<Receipt> given) {
            return given;
        }

        @Traced
        @Nullable
        CompletableFuture<Receipt> nothing() {
            return null;
        }

        @Traced
        CompletableFuture<Receipt> throwsAtOnce() {
            throw new IllegalStateException("at once");
        }

        @Traced("inner")
        CompletableFuture<Receipt> nested(CompletableFuture<Receipt> given) {
            Tracing.run("work", span -> {});
            return given;
        }
    }

    private final Shop shop = new Shop();

    private static void assertOk(MemorySpan span) {
        assertThat(span.outcome()).isEqualTo(Outcome.OK);
        assertThat(span.exceptions()).isEmpty();
    }

    @Test
    void notYetComplete_theSpanIsOpenAndNotCurrent() {
        CompletableFuture<Receipt> given = new CompletableFuture<>();
        assertThat((Object) shop.stage(given)).isSameAs(given);

        assertThat(names()).isEmpty();
        assertThat(Tracing.current()).isSameAs(Span.noop());
        given.complete(new Receipt("r1", 5));
        assertOk(only());
    }

    @Test
    void completedElsewhere_theSpanEndsThereAndNothingIsLeftCurrentThere() throws Exception {
        CompletableFuture<Receipt> given = new CompletableFuture<>();
        shop.stage(given);
        Thread thread = new Thread(() -> {
            given.complete(new Receipt("r1", 5));
            assertThat(Tracing.current()).isSameAs(Span.noop());
        });
        thread.start();
        thread.join();

        assertOk(only());
    }

    @Test
    void completedAlready_endsAtReturn() {
        CompletableFuture<Receipt> given = CompletableFuture.completedFuture(new Receipt("r1", 5));
        assertThat((Object) shop.future(7, given)).isSameAs(given);

        assertThat(only().annotations()).containsEntry("id", 7L).containsEntry("receipt", "r1");
    }

    @Test
    void failedAlready_endsAtReturnAsAFault() {
        shop.stage(CompletableFuture.failedFuture(new IOException("disk full")));

        assertThat(only().outcome()).isEqualTo(Outcome.FAULT);
        assertThat(only().exceptions().get(0).type()).isEqualTo(IOException.class.getName());
    }

    @Test
    void path_isOfTheValueNotOfTheFuture() {
        CompletableFuture<Receipt> given = new CompletableFuture<>();
        shop.future(7, given);
        given.complete(new Receipt("r2", 5));

        assertThat(only().annotations()).containsEntry("receipt", "r2");
    }

    @Test
    void pathBehindAWildcard_isOfTheValue() {
        CompletableFuture<Receipt> given = new CompletableFuture<>();
        shop.wildcard(given);
        given.complete(new Receipt("r3", 5));

        assertThat(only().annotations()).containsEntry("receipt", "r3");
    }

    @Test
    void pathOfAnOwnSubclass_isOfTheValue() {
        ReceiptFuture given = new ReceiptFuture();
        shop.subclassWithPath(given);
        given.complete(new Receipt("r4", 5));

        assertThat(only().annotations()).containsEntry("receipt", "r4");
    }

    @Test
    void subclass_staysThatVeryObject() {
        ReceiptFuture given = new ReceiptFuture();
        ReceiptFuture returned = shop.subclass(given);
        returned.complete(new Receipt("r5", 5));

        assertThat((Object) returned).isSameAs(given);
        assertThat(only().metadata().get("default")).containsEntry("receipt", "{\"number\":\"r5\",\"total\":5}");
    }

    @Test
    void failedWithAWrapper_theCauseIsRecorded() {
        CompletableFuture<Receipt> source = new CompletableFuture<>();
        shop.stage(source.thenApply(receipt -> receipt));
        source.completeExceptionally(new ExecutionException(new IOException("disk full")));

        assertThat(only().outcome()).isEqualTo(Outcome.FAULT);
        assertThat(only().exceptions()).hasSize(1);
        assertThat(only().exceptions().get(0).type()).isEqualTo(IOException.class.getName());
    }

    @Test
    void failedWithAnIgnoredException_isOk() {
        CompletableFuture<Receipt> given = new CompletableFuture<>();
        shop.future(1, given);
        given.completeExceptionally(new CompletionException(new Declined()));

        assertOk(only());
    }

    @Test
    void failedWithAnExpectedException_isRecordedAndNoFault() {
        ReceiptFuture given = new ReceiptFuture();
        shop.subclass(given);
        given.completeExceptionally(new Declined());

        assertThat(only().outcome()).isEqualTo(Outcome.OK);
        assertThat(only().exceptions()).hasSize(1);
    }

    @Test
    void cancelled_isNoFaultAndMarked() {
        CompletableFuture<Receipt> given = new CompletableFuture<>();
        shop.stage(given).toCompletableFuture().cancel(true);

        assertOk(only());
        assertThat(only().annotations()).containsEntry("cancelled", true);
        assertThat(given).isCancelled();
    }

    @Test
    void sourceCancelled_isNoFaultAndMarked() {
        CompletableFuture<Receipt> source = new CompletableFuture<>();
        shop.stage(source.thenApply(receipt -> receipt));
        source.completeExceptionally(new CancellationException());

        assertOk(only());
        assertThat(only().annotations()).containsEntry("cancelled", true);
    }

    @Test
    void declaredAsAnyObject_isFollowedByWhatItIs() {
        CompletableFuture<String> given = new CompletableFuture<>();
        assertThat(shop.anything(given)).isSameAs(given);
        assertThat(names()).isEmpty();
        given.complete("later");

        assertThat(only().annotations()).containsEntry("result", "later");
    }

    @Test
    void declaredAsAnyObjectAndComplete_isRecordedAtReturn() {
        shop.anything("now");

        assertThat(only().annotations()).containsEntry("result", "now");
    }

    @Test
    void declaredGeneric_isFollowedByWhatItIs() {
        CompletableFuture<String> given = new CompletableFuture<>();
        assertThat(shop.generic(given)).isSameAs(given);
        assertThat(names()).isEmpty();
        given.complete("later");
        assertOk(only());
    }

    @Test
    void plainFuture_endsAtReturnAndIsExplained() {
        FutureTask<Receipt> given = new FutureTask<>(() -> new Receipt("r", 1));
        assertThat((Object) shop.plain(given)).isSameAs(given);

        assertOk(only());
        assertThat(Weaver.explain(Shop.class).toString())
                .contains(
                        "plain(Future): woven (self-attached); the span ends at return: a Future does not say when it");
    }

    @Test
    void nullResult_endsAtReturn() {
        assertThat(shop.nothing()).isNull();

        assertOk(only());
    }

    @Test
    void thrownAtOnce_isAsSynchronous() {
        assertThatThrownBy(shop::throwsAtOnce).hasMessage("at once");

        assertThat(only().outcome()).isEqualTo(Outcome.FAULT);
    }

    @Test
    void whatRunsInTheMethod_isBelowItsSpan() {
        CompletableFuture<Receipt> given = new CompletableFuture<>();
        shop.nested(given);
        given.complete(null);

        assertThat(names()).containsExactly("work", "inner");
        assertThat(RecordingProvider.ENDED.get(0).parent()).isSameAs(RecordingProvider.ENDED.get(1));
    }

    @Test
    void neverCompletes_doesNotHoldTheSpansAboveIt() {
        Tracing.run("outer", outer -> shop.stage(new CompletableFuture<>()));

        assertThat(names()).containsExactly("outer");
    }

    @Test
    void stageThatRefusesListeners_endsAtReturn() {
        CompletableFuture<Receipt> given = new CompletableFuture<>() {
            @Override
            public CompletableFuture<Receipt> whenComplete(
                    java.util.function.BiConsumer<? super Receipt, ? super Throwable> action) {
                throw new UnsupportedOperationException("no listeners");
            }
        };
        assertThat((Object) shop.stage(given)).isSameAs(given);

        assertOk(only());
    }

    @Test
    void continuationOfTheCaller_keepsItsOwnContext() {
        CompletableFuture<Receipt> given = new CompletableFuture<>();
        List<Span> seen = new java.util.ArrayList<>();
        Executor direct = Runnable::run;
        Tracing.run(
                "outer",
                outer -> shop.stage(given)
                        .thenAcceptAsync(Tracing.wrapConsumer(receipt -> seen.add(Tracing.current())), direct));
        given.complete(null);

        assertThat(seen.get(0).name()).isEqualTo("outer");
    }
}
