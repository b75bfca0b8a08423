package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import io.spanloom.annotation.Subsegment;
import io.spanloom.annotation.Traced;
import io.spanloom.spi.MemorySpan;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Every shape that a synchronous method has. */
class ShapesTest extends WovenTest {

    static class Shapes {

        @Traced
        String plain() {
            return "plain";
        }

        @Traced
        static long ofClass(long a, double b) {
            return a + (long) b;
        }

        @Traced
        private int hidden() {
            return 1;
        }

        int callsHidden() {
            return hidden();
        }

        @Traced
        final boolean unchangeable() {
            return true;
        }

        @Traced
        synchronized double locked() {
            return Thread.holdsLock(this) ? 2.5 : 0;
        }

        @Traced
        <T extends Comparable<T>> T generic(T a, T b) {
            return a.compareTo(b) < 0 ? b : a;
        }

        @Traced
        int varargs(int... values) {
            int sum = 0;
            for (int value : values) {
                sum += value;
            }
            return sum;
        }

        @Traced
        void outer() {
            inner();
        }

        @Subsegment("inside")
        void inner() {}

        @Traced
        float branches(int n) {
            float f = 0;
            switch (n) {
                case 0:
                    return 0.5f;
                case 1:
                    long wide = 3;
                    f = wide;
                    break;
                default:
                    try {
                        f = Integer.parseInt("x");
                    } catch (NumberFormatException expected) {
                        double also = 7;
                        f = (float) also;
                    } finally {
                        n++;
                    }
            }
            return f + n;
        }

        @Traced
        byte loopsFromTheStart(byte n) {
            while (n < 100) {
                n++;
            }
            return n;
        }

        @Traced
        Supplier<String> lambda(String text) {
            return () -> text + "!";
        }

        @Traced
        int recursive(int depth) {
            return depth == 0 ? 0 : 1 + recursive(depth - 1);
        }

        @Traced(name = "charge", kind = SpanKind.CLIENT, namespace = "aws")
        void described() {}
    }

    enum Mood {
        GOOD;

        @Traced
        String say() {
            return name();
        }
    }

    record Point(int x, int y) {
        @Traced
        int sum() {
            return x + y;
        }
    }

    interface Greeter {
        @Traced
        default String greet(String who) {
            return "hello " + who;
        }

        @Traced
        static String bye() {
            return "bye";
        }

        default String whisper() {
            return quietly();
        }

        @Traced
        private String quietly() {
            return "psst";
        }
    }

    class Inner<T> {
        @Traced
        @SafeVarargs
        final T first(@io.spanloom.annotation.SpanAnnotation(path = "length") T... values) {
            return values[0];
        }
    }

    private final Shapes shapes = new Shapes();

    @Test
    void plainMethod_becomesARootNamedByClassAndMethod() {
        assertThat(shapes.plain()).isEqualTo("plain");
        assertThat(only().name()).isEqualTo("Shapes.plain");
        assertThat(only().parent()).isNull();
        assertThat(only().description().codeLocation()).isEqualTo(Shapes.class.getName() + ".plain");
    }

    @Test
    void staticMethodOfWideParameters_isTraced() {
        assertThat(Shapes.ofClass(1L << 40, 2.9)).isEqualTo((1L << 40) + 2);
        assertThat(names()).containsExactly("Shapes.ofClass");
    }

    @Test
    void privateMethodCalledByItsOwnClass_isTraced() {
        assertThat(shapes.callsHidden()).isEqualTo(1);
        assertThat(names()).containsExactly("Shapes.hidden");
    }

    @Test
    void finalMethod_isTraced() {
        assertThat(shapes.unchangeable()).isTrue();
        assertThat(names()).containsExactly("Shapes.unchangeable");
    }

    @Test
    void synchronizedMethod_keepsItsLock() {
        assertThat(shapes.locked()).isEqualTo(2.5);
        assertThat(Thread.holdsLock(shapes)).isFalse();
        assertThat(names()).containsExactly("Shapes.locked");
    }

    @Test
    void genericMethod_isTracedOnce() {
        assertThat(shapes.generic("a", "b")).isEqualTo("b");
        assertThat(names()).containsExactly("Shapes.generic");
    }

    @Test
    void varargsMethod_isTraced() {
        assertThat(shapes.varargs(1, 2, 3)).isEqualTo(6);
        assertThat(names()).containsExactly("Shapes.varargs");
    }

    @Test
    void selfInvokedSubsegment_isAChild() {
        shapes.outer();
        assertThat(names()).containsExactly("inside", "Shapes.outer");
        assertThat(RecordingProvider.ENDED.get(0).parent()).isSameAs(RecordingProvider.ENDED.get(1));
    }

    @Test
    void subsegmentWithoutTrace_recordsNothing() {
        shapes.inner();
        assertThat(names()).isEmpty();
    }

    @Test
    void methodOfManyBranches_givesTheSameResults() {
        assertThat(List.of(shapes.branches(0), shapes.branches(1), shapes.branches(2)))
                .containsExactly(0.5f, 4f, 10f);
        assertThat(names()).containsExactly("Shapes.branches", "Shapes.branches", "Shapes.branches");
    }

    @Test
    void methodThatBeginsWithALoop_startsOneSpan() {
        assertThat(shapes.loopsFromTheStart((byte) 1)).isEqualTo((byte) 100);
        assertThat(names()).containsExactly("Shapes.loopsFromTheStart");
    }

    @Test
    void lambdaInTracedMethod_isNotTracedItself() {
        Supplier<String> lambda = shapes.lambda("hi");
        RecordingProvider.ENDED.clear();
        assertThat(lambda.get()).isEqualTo("hi!");
        assertThat(names()).isEmpty();
    }

    @Test
    void methodOfEnumRecordAndInterface_isTraced() {
        Greeter greeter = new Greeter() {};
        assertThat(Mood.GOOD.say()).isEqualTo("GOOD");
        assertThat(new Point(1, 2).sum()).isEqualTo(3);
        assertThat(greeter.greet("you")).isEqualTo("hello you");
        assertThat(Greeter.bye()).isEqualTo("bye");
        assertThat(names()).containsExactly("Mood.say", "Point.sum", "Greeter.greet", "Greeter.bye");
    }

    @Test
    void privateMethodOfInterface_isTraced() {
        assertThat(new Greeter() {}.whisper()).isEqualTo("psst");
        assertThat(names()).containsExactly("Greeter.quietly");
    }

    @Test
    void genericVarargsMethodOfInnerGenericClass_isTraced() {
        assertThat(new Inner<String>().first("a", "b")).isEqualTo("a");
        assertThat(only().name()).isEqualTo("Inner.first");
        assertThat(only().annotations()).containsEntry("values_length", 2L);
    }

    @Test
    void methodOfInnerAnonymousAndLocalClass_isTraced() {
        class Local {
            @Traced
            int one() {
                return 1;
            }
        }
        Object anonymous = new Object() {
            @Traced
            @Override
            public String toString() {
                return "anonymous";
            }
        };
        assertThat(new Local().one() + anonymous.toString()).isEqualTo("1anonymous");
        assertThat(names()).hasSize(2).contains("Local.one");
        assertThat(names().get(1)).matches("ShapesTest\\.\\d\\.toString");
    }

    /** On a stack that has room for the method's own frames, and little more. */
    @Test
    void recursionTenThousandDeep_recordsEveryCall() throws InterruptedException {
        AtomicInteger result = new AtomicInteger();
        Thread deep = new Thread(null, () -> result.set(shapes.recursive(10_000)), "deep", 8L << 20);
        deep.start();
        deep.join();
        assertThat(result).hasValue(10_000);
        assertThat(RecordingProvider.ENDED).hasSize(10_001);
    }

    @Test
    void attributesOfTheAnnotation_describeTheSpan() {
        shapes.described();
        MemorySpan span = only();
        assertThat(span.name()).isEqualTo("charge");
        assertThat(span.description().kind()).isEqualTo(SpanKind.CLIENT);
        assertThat(span.description().namespace()).isEqualTo("aws");
        assertThat(span.description().placement()).isEqualTo(SpanSpec.Placement.SPAN);
    }

    @Test
    void classLoadedBeforeTheWeaver_isWovenToo() {
        annotatedHere();
        assertThat(names()).containsExactly("here");
    }

    @Subsegment("never")
    @Traced("here")
    private void annotatedHere() {}

    @Test
    void tracingByHandInTracedMethod_nestsBelowIt() {
        new Object() {
            @Traced("woven")
            void run() {
                Tracing.run("by hand", span -> {});
            }
        }.run();
        assertThat(names()).containsExactly("by hand", "woven");
    }
}
