package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.SpanKind;
import io.spanloom.annotation.NotTraced;
import io.spanloom.annotation.Subsegment;
import io.spanloom.annotation.Traced;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TypeRulesTest extends WovenTest {

    @Traced(value = "not a name for all", kind = SpanKind.CLIENT)
    static class Home implements Comparable<Home>, Function<String, String> {
        private int size = 1;

        public Home() {}

        public int run() {
            return size;
        }

        public static String all() {
            return "all";
        }

        public int getSize() {
            return size;
        }

        public boolean isEmpty() {
            return size == 0;
        }

        public void setSize(int value) {
            size = value;
        }

        public String getReport() {
            return String.valueOf(size);
        }

        public String issue() {
            return "issue";
        }

        void packagePrivate() {}

        private void hidden() {}

        @Subsegment("own")
        void own() {}

        @NotTraced
        public void healthProbe() {}

        @NotTraced
        @Traced
        public void never() {}

        @Override
        public int compareTo(Home other) {
            hidden();
            return 0;
        }

        @Override
        public String apply(String text) {
            return text;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return 1;
        }

        @Override
        public String toString() {
            return "Home";
        }
    }

    @Traced
    record Pair(int left, int right) {
        public int sum() {
            return left + right;
        }
    }

    @NotTraced
    static class Never {
        @Traced
        int run() {
            return 1;
        }
    }

    static class Odd {
        @Traced
        Odd() {}

        @Traced
        native void bodiless();

        @Traced
        CompletionStage<String> later() {
            return CompletableFuture.completedFuture("later");
        }

        @Traced
        int fine() {
            return 1;
        }
    }

    abstract static class Abstract {
        @Traced
        abstract int run();
    }

    @Traced
    interface OnlyAbstract {
        int run();
    }

    static class OfOnlyAbstract implements OnlyAbstract {
        @Override
        public int run() {
            return 1;
        }
    }

    static class Plain {}

    private final Home home = new Home();

    @Test
    @SuppressWarnings("unchecked") // raw on purpose: the bridge
    void publicMethodsOfTracedType_areTracedOnceEach() {
        home.run();
        Home.all();
        home.issue();
        ((Comparable<Object>) (Comparable<?>) home).compareTo(home);
        home.apply("x");
        assertThat(names()).containsExactly("Home.run", "Home.all", "Home.issue", "Home.compareTo", "Home.apply");
        assertThat(RecordingProvider.ENDED).allMatch(span -> span.description().kind() == SpanKind.CLIENT);
    }

    @Test
    void accessorsOfTracedType_areLeftOut() {
        home.setSize(3);
        assertThat(home.getSize()).isEqualTo(3);
        assertThat(home.isEmpty()).isFalse();
        assertThat(new Pair(1, 2).left()).isEqualTo(1);
        assertThat(names()).isEmpty();
        assertThat(Weaver.explain(Home.class).toString()).contains("getSize(): not woven: an accessor");
    }

    @Test
    void getterThatWorks_isTraced() {
        assertThat(home.getReport()).isEqualTo("1");
        assertThat(new Pair(1, 2).sum()).isEqualTo(3);
        assertThat(names()).containsExactly("Home.getReport", "Pair.sum");
    }

    @Test
    void methodsOfObjectAndHiddenOnes_areLeftOut() {
        assertThat(home.equals(home)).isTrue();
        assertThat(home.hashCode()).isEqualTo(1);
        assertThat(home.toString()).isEqualTo("Home");
        home.packagePrivate();
        assertThat(names()).isEmpty();
    }

    @Test
    void methodsOwnAnnotation_winsOverItsTypes() {
        io.spanloom.Tracing.run("root", span -> home.own());
        assertThat(names()).containsExactly("own", "root");
        assertThat(RecordingProvider.ENDED.get(0).description().kind()).isEqualTo(SpanKind.INTERNAL);
    }

    @Test
    void notTraced_winsOverEverything() {
        home.healthProbe();
        home.never();
        assertThat(new Never().run()).isEqualTo(1);
        assertThat(names()).isEmpty();
        assertThat(Weaver.explain(Never.class).toString()).contains("run(): not woven: @NotTraced");
    }

    @Test
    void methodsThatCannotBeWoven_areExplainedAndCostNotTheirSiblings() {
        assertThat(new Odd().fine()).isEqualTo(1);
        assertThat(names()).containsExactly("Odd.new", "Odd.fine");
        assertThat(Weaver.explain(Odd.class).toString())
                .contains("<init>(): woven")
                .contains("bodiless(): not woven: native")
                .contains("fine(): woven (self-attached)");
        assertThat(Weaver.explain(Abstract.class).toString()).contains("run(): not woven: abstract: it has no code");
    }

    @Test
    void annotationOfASupertype_isNotInheritedAndExplained() {
        assertThat(new OfOnlyAbstract().run()).isEqualTo(1);
        assertThat(names()).isEmpty();
        assertThat(Weaver.explain(OnlyAbstract.class).toString())
                .contains("run(): not woven: abstract, and what is annotated is the type, which is not inherited");
    }

    @Test
    void laterResult_isTheSameObjectAndExplained() {
        assertThat(new Odd().later()).isCompletedWithValue("later");
        assertThat(names()).containsExactly("Odd.new", "Odd.later");
        assertThat(Weaver.explain(Odd.class).toString()).contains("later(): woven (self-attached); the span ends when");
    }

    @Test
    void classWithoutAnnotations_isExplained() {
        assertThat(Weaver.explain(Plain.class).toString())
                .isEqualTo(Plain.class.getName() + ": nothing in it is annotated");
        assertThat(Weaver.explain(String.class).methods()).isEmpty();
    }

    @Test
    void report_countsMethodsAndClasses() {
        WeaveReport before = Weaver.report();
        class Late {
            @Traced
            void one() {}

            @Traced
            void two() {}
        }
        new Late().one();
        WeaveReport after = Weaver.report();
        assertThat(after.methods() - before.methods()).isEqualTo(2);
        assertThat(after.classes() - before.classes()).isEqualTo(1);
        assertThat(after.toString()).matches("woven \\d+ methods in \\d+ classes \\(self-attached\\).*");
    }
}
