package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.spanloom.Outcome;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.SpanMetadata;
import io.spanloom.annotation.Subsegment;
import io.spanloom.annotation.Traced;
import io.spanloom.spi.MemorySpan;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OptionsTest extends WovenTest {

    record Order(@Nullable String type, List<String> items) {
        static int reads;

        public String broken() {
            reads++;
            throw new IllegalStateException("broken");
        }
    }

    static class Shop {
        @Traced(root = true)
        void newRoot() {}

        @Traced(root = true, linked = true)
        void linkedRoot() {}

        @Traced(stackTrace = 0)
        void noFrames() {
            throw new IllegalStateException("outer", new IllegalArgumentException("inner"));
        }

        @Traced(stackTrace = 2)
        void twoFrames() {
            throw new IllegalStateException("outer");
        }

        @Subsegment(stackTrace = 0)
        void subsegment() {
            throw new IllegalStateException("outer");
        }

        @Traced(ignore = IOException.class, expected = IllegalArgumentException.class)
        void throwing(RuntimeException thrown) {
            throw thrown;
        }

        @Traced("order {order.type}")
        void typed(Order order) {}

        @Traced("{count} of {order.items.size()} {order.type} for {ratio}{text}")
        static void many(long count, Order order, double ratio, String text) {}

        @Traced("n{number}")
        void numbered(int number) {}

        @Traced("broken {order.broken}")
        void broken(Order order) {}

        @Traced("wrong {order.nowhere}")
        void wrong(Order order) {}

        @Traced("unknown {nobody}")
        void unknown(Order order) {}

        @Traced("unclosed {order")
        void unclosed(Order order) {}

        @Subsegment("step")
        @SpanMetadata(namespace = "ns", key = "all", onSegment = true)
        String step(@SpanAnnotation(value = "tenant", onSegment = true) @SpanAnnotation("own") String tenant) {
            return tenant + "!";
        }

        @Traced
        @SpanAnnotation(path = "length()")
        String keys(
                @SpanAnnotation(path = "type") @SpanAnnotation(path = "items.size()") Order order,
                @SpanMetadata(path = "type.length()") Order other) {
            return "four";
        }

        @Traced("named {text}")
        Object captures(@SpanAnnotation String text, @SpanAnnotation int count) {
            return text;
        }
    }

    private final Shop shop = new Shop();

    private static Order order(@Nullable String type) {
        return new Order(type, List.of("a", "b"));
    }

    @Test
    void root_beginsANewTraceAndGivesTheCurrentOneBack() {
        Tracing.run("outer", outer -> {
            shop.newRoot();
            assertThat(Tracing.current().spanId()).isEqualTo(outer.spanId());
        });
        assertThat(names()).containsExactly("Shop.newRoot", "outer");
        MemorySpan root = RecordingProvider.ENDED.get(0);
        assertThat(root.parentSpanId()).isNull();
        assertThat(root.traceId()).isNotEqualTo(RecordingProvider.ENDED.get(1).traceId());
        assertThat(root.metadata()).isEmpty();
    }

    @Test
    void linkedRoot_namesTheSpanThatWasCurrent() {
        Tracing.run("outer", outer -> shop.linkedRoot());
        Span outer = RecordingProvider.ENDED.get(1);
        assertThat(RecordingProvider.ENDED.get(0).metadata().toString())
                .contains("links={list=", outer.traceId(), outer.spanId());
    }

    @Test
    void linkedRootWithNothingCurrent_hasNoLink() {
        shop.linkedRoot();
        assertThat(only().metadata()).isEmpty();
    }

    @Test
    void stackTraceOfZero_recordsTypesAndMessagesOfTheWholeChain() {
        assertThat(catchThrowable(shop::noFrames)).isInstanceOf(RuntimeException.class);
        assertThat(only().exceptions())
                .hasSize(2)
                .allMatch(each -> each.frames().isEmpty());
        assertThat(only().exceptions().get(1).message()).isEqualTo("inner");
        assertThat(only().outcome()).isEqualTo(Outcome.FAULT);
    }

    @Test
    void stackTraceOfTwo_recordsTwoFramesAndCountsTheOthers() {
        assertThat(catchThrowable(shop::twoFrames)).isInstanceOf(RuntimeException.class);
        assertThat(only().exceptions().get(0).frames()).hasSize(2);
        assertThat(only().exceptions().get(0).truncated()).isPositive();
    }

    @Test
    void stackTraceOfASubsegment_isItsOwn() {
        assertThat(catchThrowable(() -> Tracing.run("root", span -> shop.subsegment())))
                .isInstanceOf(RuntimeException.class);
        assertThat(RecordingProvider.ENDED.get(0).exceptions().get(0).frames()).isEmpty();
    }

    @Test
    void ignoredCause_leavesNoTrace() {
        RuntimeException thrown = new CompletionException(new IllegalStateException(new IOException("disk")));
        assertThat(catchThrowable(() -> shop.throwing(thrown))).isSameAs(thrown);
        assertThat(only().outcome()).isEqualTo(Outcome.OK);
        assertThat(only().exceptions()).isEmpty();
    }

    @Test
    void expectedCause_isRecordedAndNoFault() {
        assertThat(catchThrowable(() -> shop.throwing(new CompletionException(new NumberFormatException("x")))))
                .isInstanceOf(RuntimeException.class);
        assertThat(only().outcome()).isEqualTo(Outcome.OK);
        assertThat(only().exceptions()).hasSize(2);
    }

    @Test
    void otherCause_isAFault() {
        assertThat(catchThrowable(() -> shop.throwing(new CompletionException(new IllegalStateException("x")))))
                .isInstanceOf(RuntimeException.class);
        assertThat(only().outcome()).isEqualTo(Outcome.FAULT);
    }

    @Test
    @SuppressWarnings("NullAway") // the application's nulls are not ours to refuse
    void nameWithAParametersProperty_isMadeForEachCall() {
        shop.typed(order("book"));
        shop.typed(order("tea"));
        shop.typed(order(null));
        shop.typed(null);
        assertThat(names()).containsExactly("order book", "order tea", "order null", "order null");
        assertThat(RecordingProvider.ENDED.get(0).description().codeLocation()).endsWith("Shop.typed");
    }

    @Test
    void nameOfManyParameters_takesEachInItsPlace() {
        Shop.many(3, order("tea"), 0.5, ".");
        assertThat(names()).containsExactly("3 of 2 tea for 0.5.");
    }

    @Test
    void namesBeyondTheLimit_areTheTemplatesText() {
        for (int i = 0; i < 1_500; i++) {
            shop.numbered(i);
        }
        shop.numbered(7);
        assertThat(new HashSet<>(names())).hasSize(1_001).contains("n7", "n999", "nnumber");
        assertThat(names().subList(1_000, 1_501)).startsWith("nnumber").endsWith("nnumber", "n7");
    }

    @Test
    void getterOfANameThatThrows_costsOnlyItsPart() {
        shop.broken(order("tea"));
        assertThat(names()).containsExactly("broken null");
    }

    @Test
    void wrongPathInAName_leavesTheTemplatesText() {
        shop.wrong(order("tea"));
        assertThat(names()).containsExactly("wrong order.nowhere");
    }

    @Test
    void nameThatNamesNoParameter_isTextAndExplained() {
        shop.unknown(order("tea"));
        shop.unclosed(order("tea"));
        assertThat(names()).containsExactly("unknown nobody", "unclosed order");
        assertThat(Weaver.explain(Shop.class).toString())
                .contains("in the name 'unknown {nobody}', 'nobody' is no parameter")
                .contains("in the name 'unclosed {order', a brace is not closed");
    }

    @Test
    void nameWhileTracingIsOff_isNotMade() {
        backend("none");
        int before = Order.reads;
        shop.broken(order("tea"));
        assertThat(Order.reads).isEqualTo(before);
    }

    @Test
    void captureOnSegment_isOnTheTopmostSpan() {
        Tracing.run("root", root -> Tracing.run("middle", middle -> shop.step("acme")));
        assertThat(names()).containsExactly("step", "middle", "root");
        assertThat(RecordingProvider.ENDED.get(0).annotations()).isEqualTo(Map.of("own", "acme"));
        assertThat(RecordingProvider.ENDED.get(0).metadata()).isEmpty();
        assertThat(RecordingProvider.ENDED.get(2).annotations()).isEqualTo(Map.of("tenant", "acme"));
        assertThat(RecordingProvider.ENDED.get(2).metadata()).isEqualTo(Map.of("ns", Map.of("all", "\"acme!\"")));
    }

    @Test
    void keyOfACapturedPath_isTheParameterAndThePath() {
        shop.keys(order("tea"), order("book"));
        assertThat(only().annotations())
                .isEqualTo(Map.of("order_type", "tea", "order_items_size", 2L, "result_length", 4L));
        assertThat(only().metadata()).isEqualTo(Map.of("default", Map.of("other_type_length", "4")));
    }

    @Test
    void parameterOfNameAndCapture_isPassedOnce() {
        shop.captures("x", 2);
        assertThat(names()).containsExactly("named x");
        assertThat(only().annotations()).isEqualTo(Map.of("text", "x", "count", 2L));
    }
}
