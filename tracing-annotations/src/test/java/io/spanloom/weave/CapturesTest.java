package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.SpanMetadata;
import io.spanloom.annotation.Traced;
import io.spanloom.spi.MemorySpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CapturesTest extends WovenTest {

    record Customer(@Nullable String id, int visits) {}

    static class Order {
        public final long number = 77;
        private final @Nullable Customer customer;
        int reads;

        Order(@Nullable Customer customer) {
            this.customer = customer;
        }

        public @Nullable Customer getCustomer() {
            reads++;
            return customer;
        }

        public boolean isPaid() {
            return true;
        }

        public String getBroken() {
            throw new IllegalStateException("broken getter");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("broken toString");
        }
    }

    static class Shop {

        @Traced
        void typed(
                @SpanAnnotation String text,
                @SpanAnnotation int whole,
                @SpanAnnotation long large,
                @SpanAnnotation boolean truth,
                @SpanAnnotation double real,
                @SpanAnnotation char letter,
                @SpanAnnotation float half,
                @SpanAnnotation short small) {}

        @Traced
        static void boxed(
                @SpanAnnotation @Nullable Integer absent,
                @SpanAnnotation Integer present,
                @SpanAnnotation Boolean truth,
                @SpanAnnotation Object any,
                @SpanAnnotation Number number,
                @SpanAnnotation("key.of.ours") UUID id,
                @SpanAnnotation Optional<String> maybe) {}

        @Traced
        void ofOrder(
                long unused,
                @SpanAnnotation(value = "customer", path = "customer.id")
                        @SpanAnnotation(value = "visits", path = "customer.visits")
                        @SpanAnnotation(value = "number", path = "number")
                        @SpanAnnotation(value = "paid", path = "paid")
                        @SpanMetadata(key = "visits", path = "customer.visits")
                        Order order,
                double alsoUnused,
                @SpanAnnotation(value = "count", path = "length") int[] counts,
                @SpanAnnotation(value = "size", path = "size()") @SpanMetadata(namespace = "cart", key = "items")
                        List<String> items) {
            order = new Order(null); // what was passed counts, not what becomes of it
        }

        @Traced
        void wrongPath(
                @SpanAnnotation(value = "bad", path = "nowhere") Order order,
                @SpanAnnotation(value = "worse", path = "id.x") Customer customer,
                @SpanAnnotation("good") String good) {}

        @Traced
        String throwing(
                @SpanAnnotation(value = "bad", path = "broken") Order order,
                @SpanAnnotation("alsoBad") Order printed,
                @SpanAnnotation("good") String good) {
            return good;
        }

        @Traced
        @SpanMetadata(namespace = "activities", key = "results", path = "size()")
        @SpanAnnotation("results")
        @SpanAnnotation(value = "wrong", path = "nowhere")
        List<String> listed(boolean none) {
            return none ? List.of() : new ArrayList<>(List.of("a", "b"));
        }

        @Traced
        @SpanAnnotation
        long wide() {
            return 1L << 40;
        }

        @Traced
        @SpanAnnotation(path = "customer.id")
        @Nullable
        Order nothing() {
            return null;
        }

        @Traced
        @SpanMetadata
        void noResult() {}

        void untraced(@SpanAnnotation String text) {}
    }

    private final Shop shop = new Shop();

    @Test
    void primitivesAndStrings_areRecordedAsWhatTheyAre() {
        shop.typed("text", 1, 2L, true, 2.5, 'c', 0.5f, (short) 3);
        assertThat(only().annotations())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "text", "text", "whole", 1L, "large", 2L, "truth", true, "real", 2.5, "letter", "c", "half",
                        0.5, "small", 3L));
    }

    @Test
    void objects_areRecordedByTheirTypeAndNullIsLeftOut() {
        UUID id = UUID.randomUUID();
        Shop.boxed(null, 1, true, 2.5f, (byte) 3, id, Optional.of("present"));
        assertThat(only().annotations())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "present",
                        1L,
                        "truth",
                        true,
                        "any",
                        2.5,
                        "number",
                        3L,
                        "key_of_ours",
                        id.toString(),
                        "maybe",
                        "present"));
    }

    @Test
    void paths_areFollowed() {
        shop.ofOrder(1, new Order(new Customer("c-1", 4)), 2, new int[5], List.of("tea"));
        MemorySpan span = only();
        assertThat(span.annotations())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("customer", "c-1", "visits", 4L, "number", 77L, "paid", true, "count", 5L, "size", 1L));
        assertThat(span.metadata())
                .isEqualTo(Map.of("default", Map.of("visits", "4"), "cart", Map.of("items", "[\"tea\"]")));
    }

    @Test
    @SuppressWarnings("NullAway") // the application's nulls are not ours to refuse
    void nullOnAPath_leavesThatCaptureOut() {
        shop.ofOrder(1, new Order(null), 2, null, null);
        assertThat(only().annotations()).containsOnlyKeys("number", "paid");
    }

    @Test
    void wrongPath_disablesOnlyItself() {
        shop.wrongPath(new Order(null), new Customer("id", 1), "good");
        assertThat(only().annotations()).isEqualTo(Map.of("good", "good"));
    }

    @Test
    void throwingGetterOrToString_costsOnlyItself() {
        assertThat(shop.throwing(new Order(null), new Order(null), "good")).isEqualTo("good");
        assertThat(only().annotations()).isEqualTo(Map.of("good", "good"));
        assertThat(only().exceptions()).isEmpty();
    }

    @Test
    void result_isRecordedAndTheSameObject() {
        List<String> result = shop.listed(false);
        assertThat(result).isInstanceOf(ArrayList.class).containsExactly("a", "b");
        assertThat(only().metadata()).isEqualTo(Map.of("activities", Map.of("results", "2")));
        assertThat(only().annotations()).isEqualTo(Map.of("results", "[a, b]"));
    }

    @Test
    void wideResult_isRecorded() {
        assertThat(shop.wide()).isEqualTo(1L << 40);
        assertThat(only().annotations()).isEqualTo(Map.of("result", 1L << 40));
    }

    @Test
    void nullResult_isLeftOut() {
        assertThat(shop.nothing()).isNull();
        assertThat(only().annotations()).isEmpty();
    }

    @Test
    void voidMethodWithCapture_isTracedAndExplained() {
        shop.noResult();
        assertThat(only().metadata()).isEmpty();
        assertThat(Weaver.explain(Shop.class).toString())
                .contains("noResult(): woven (self-attached); it has no result");
    }

    @Test
    void captureOnUntracedMethod_isExplained() {
        shop.untraced("x");
        assertThat(names()).isEmpty();
        assertThat(Weaver.explain(Shop.class).toString()).contains("untraced(String): not woven: it records nothing");
    }

    @Test
    void unsampledSpan_evaluatesNoCapture() {
        io.spanloom.Tracing.reconfigure(io.spanloom.TracingConfig.builder()
                .alone()
                .backend("memtest")
                .set("tracing.sampling", "none")
                .build());
        Order order = new Order(null);
        shop.ofOrder(1, order, 2, new int[0], List.of());
        assertThat(order.reads).isZero();
        assertThat(names()).isEmpty();
    }

    @Test
    void tracingOff_evaluatesNoCapture() {
        backend("none");
        Order order = new Order(null);
        shop.ofOrder(1, order, 2, new int[0], List.of());
        assertThat(order.reads).isZero();
    }

    @Test
    void tracingSwitchedOnLater_recordsFromThenOn() {
        backend("none");
        shop.wide();
        backend("memtest");
        shop.wide();
        assertThat(names()).containsExactly("Shop.wide");
    }
}
