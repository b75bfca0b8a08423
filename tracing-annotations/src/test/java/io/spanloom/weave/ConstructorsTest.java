package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.spanloom.Outcome;
import io.spanloom.annotation.NotTraced;
import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Traced;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ConstructorsTest extends WovenTest {

    static class Parent {
        final Object given;

        Parent(Object given) {
            this.given = given;
        }

        void inConstructor() {}
    }

    static class Order extends Parent {
        final String id;
        final long total;

        @Traced
        Order(@SpanAnnotation("id") String id, @SpanAnnotation("total") long total) {
            super(total > 5 ? new ArrayList<>(new ArrayList<>()) : new StringBuilder(id));
            this.id = id;
            if (total < 0) {
                throw new IllegalArgumentException("negative");
            }
            this.total = total;
            step();
        }

        @Traced
        void step() {}
    }

    static class Chain {
        final int sum;

        @Traced("all")
        Chain(int a, int b) {
            sum = a + b;
        }

        @Traced("one")
        Chain(int a) {
            this(a, 1);
        }

        Chain() {
            this(0);
        }

        @Traced("outer")
        Chain(String a) {
            this(a.length(), Boolean.parseBoolean(a));
        }

        private Chain(int a, boolean negative) {
            sum = negative ? -a : a;
        }
    }

    static class Failing extends Parent {
        static final IllegalStateException THROWN = new IllegalStateException("same");

        @Traced
        Failing(boolean early) {
            super(early ? thrown() : "late");
            throw THROWN;
        }

        private static Object thrown() {
            throw THROWN;
        }
    }

    static class Reassigned extends Parent {
        @Traced
        Reassigned(@SpanAnnotation String id) {
            super(id = "other");
        }

        @Traced
        Reassigned(String id, int unused) {
            super(id = "other");
        }
    }

    class Inner {
        final String text;

        @Traced
        Inner(@SpanAnnotation("text") String text) {
            this.text = text;
        }
    }

    enum Level {
        HIGH("h");

        final String letter;

        @Traced
        Level(@SpanAnnotation("letter") String letter) {
            this.letter = letter;
        }
    }

    record Point(int x, int y) {
        @Traced
        Point {
            x = Math.abs(x);
        }

        @Traced
        Point(int both) {
            this(both, both);
        }
    }

    static class Generic<T> {
        final Supplier<T> supplier;

        @Traced
        @SafeVarargs
        Generic(T... values) {
            supplier = () -> values[0];
        }
    }

    @Traced
    static class OnType {
        public OnType() {}

        public void run() {}
    }

    static class Quiet {
        @Traced
        @NotTraced
        Quiet() {}
    }

    @Test
    void constructor_isTracedWithItsArgumentsAndItsMethodsBelow() {
        Order order = new Order("o-1", 7);
        assertThat(order.id + order.total).isEqualTo("o-17");
        assertThat(names()).containsExactly("Order.step", "Order.new");
        assertThat(RecordingProvider.ENDED.get(1).annotations()).isEqualTo(Map.of("id", "o-1", "total", 7L));
        assertThat(RecordingProvider.ENDED.get(1).description().codeLocation())
                .isEqualTo(Order.class.getName() + ".<init>");
        assertThat(RecordingProvider.ENDED.get(0).parent()).isSameAs(RecordingProvider.ENDED.get(1));
    }

    @Test
    void constructorThatBranchesBeforeSuper_isTracedOnEachWay() {
        assertThat(new Order("o", 7).given).isInstanceOf(ArrayList.class);
        assertThat(new Order("o", 1).given).isInstanceOf(StringBuilder.class);
        assertThat(names()).containsExactly("Order.step", "Order.new", "Order.step", "Order.new");
    }

    @Test
    void constructorThatThrows_recordsAndThrowsTheSameObject() {
        assertThat(catchThrowable(() -> new Failing(false))).isSameAs(Failing.THROWN);
        assertThat(only().outcome()).isEqualTo(Outcome.FAULT);
        assertThat(only().exceptions().get(0).message()).isEqualTo("same");
    }

    @Test
    void exceptionBeforeSuper_isBeforeTheSpan() {
        assertThat(catchThrowable(() -> new Failing(true))).isSameAs(Failing.THROWN);
        assertThat(names()).isEmpty();
    }

    @Test
    void chainOfTracedConstructors_isOneSpan() {
        assertThat(List.of(new Chain(1, 2).sum, new Chain(1).sum, new Chain().sum))
                .containsExactly(3, 2, 1);
        assertThat(names()).containsExactly("all", "all", "all");
        assertThat(Weaver.explain(Chain.class).toString())
                .contains("<init>(int): not woven: it calls this(...), which is traced: one object, one span");
    }

    @Test
    void tracedConstructorThatCallsAnUntracedOne_isOneSpan() {
        assertThat(new Chain("abc").sum).isEqualTo(3);
        assertThat(names()).containsExactly("outer");
    }

    @Test
    void capturedParameterAssignedBeforeSuper_isExplainedAndCostsNotItsSiblings() {
        assertThat(new Reassigned("x").given).isEqualTo("other");
        assertThat(names()).isEmpty();
        assertThat(new Reassigned("x", 1).given).isEqualTo("other");
        assertThat(names()).containsExactly("Reassigned.new");
        assertThat(Weaver.explain(Reassigned.class).toString())
                .contains("<init>(String): not woven: it assigns a captured parameter before super(...)");
    }

    @Test
    void constructorsOfInnerClassAndEnum_captureTheParametersOfTheSource() {
        assertThat(new Inner("inside").text).isEqualTo("inside");
        assertThat(Level.HIGH.letter).isEqualTo("h");
        assertThat(names()).containsExactly("Inner.new", "Level.new");
        assertThat(RecordingProvider.ENDED.get(0).annotations()).isEqualTo(Map.of("text", "inside"));
        assertThat(RecordingProvider.ENDED.get(1).annotations()).isEqualTo(Map.of("letter", "h"));
    }

    @Test
    void constructorsOfARecord_areOneSpanEach() {
        assertThat(new Point(-3)).isEqualTo(new Point(3, -3));
        assertThat(names()).containsExactly("Point.new", "Point.new");
    }

    @Test
    void varargsConstructorOfAGenericClass_isTraced() {
        assertThat(new Generic<>("a", "b").supplier.get()).isEqualTo("a");
        assertThat(names()).containsExactly("Generic.new");
    }

    @Test
    void annotationOnTheType_leavesConstructorsOut() {
        new OnType().run();
        assertThat(names()).containsExactly("OnType.run");
    }

    @Test
    void notTracedConstructor_isNot() {
        new Quiet();
        assertThat(names()).isEmpty();
    }
}
