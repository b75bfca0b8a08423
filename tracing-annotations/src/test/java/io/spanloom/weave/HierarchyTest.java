package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.SpanKind;
import io.spanloom.annotation.NotTraced;
import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Subsegment;
import io.spanloom.annotation.Traced;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Annotations on methods that are implemented or overridden. */
class HierarchyTest extends WovenTest {

    interface Repository<T> {
        @Traced(kind = SpanKind.CLIENT)
        @SpanAnnotation("found")
        T find(@SpanAnnotation("id") T id);

        @Traced
        default String all() {
            return "all";
        }

        @Traced
        void save(T entity);

        @NotTraced
        void probe();
    }

    abstract static class Base<T> implements Repository<T> {
        @Override
        public void probe() {}

        @Override
        public void save(T entity) {}
    }

    /** Neither the class nor its superclass mentions an annotation. */
    static class Strings extends Base<String> {
        @Override
        public String find(String id) {
            return id + "!";
        }
    }

    static class Loud extends Strings {
        @Override
        public String find(String id) {
            return super.find(id) + "!";
        }

        @Override
        public String all() {
            return "loud";
        }

        @Override
        public void save(String entity) {}
    }

    interface Near {
        @Traced("near")
        void run();
    }

    interface Far {
        @Traced("far")
        void run();
    }

    interface Between extends Far {}

    static class Nearest implements Between, Near {
        @Override
        public void run() {}
    }

    static class FromClass {
        @Traced("class")
        void run() {}

        @Traced
        private void hidden() {}

        @Traced
        static void ofClass() {}
    }

    static class ClassBeforeInterface extends FromClass implements Near {
        @Override
        public void run() {}

        void hidden() {}

        static void ofClass() {}
    }

    static class Own implements Near {
        @Override
        @Subsegment("own")
        public void run() {}
    }

    static class Out implements Near {
        @Override
        @NotTraced
        public void run() {}
    }

    static class BelowOut extends Out {
        @Override
        public void run() {}
    }

    @Traced
    static class TypeAndMethod implements Near {
        @Override
        public void run() {}
    }

    static class OwnCapture implements Repository<Integer> {
        @Override
        public Integer find(@SpanAnnotation("number") Integer id) {
            return id;
        }

        @Override
        public void save(Integer entity) {}

        @Override
        public void probe() {}
    }

    interface Supplies {
        @Traced
        Object get();
    }

    static class Covariant implements Supplies {
        @Override
        public String get() {
            return "covariant";
        }
    }

    enum Mood implements Near {
        GOOD {
            @Override
            public void run() {}
        }
    }

    record Point(int x) implements Near {
        @Override
        public void run() {}
    }

    @Test
    void implementationOfAnAnnotatedGenericMethod_isTracedOnceAsItSays() {
        Repository<String> repository = new Strings();
        assertThat(repository.find("a")).isEqualTo("a!");
        assertThat(only().name()).isEqualTo("Strings.find");
        assertThat(only().description().kind()).isEqualTo(SpanKind.CLIENT);
        assertThat(only().annotations()).isEqualTo(Map.of("id", "a", "found", "a!"));
    }

    @Test
    void overrideThatCallsTheOverridden_isASpanAboveIt() {
        assertThat(new Loud().find("a")).isEqualTo("a!!");
        assertThat(names()).containsExactly("Strings.find", "Loud.find");
    }

    @Test
    void overriddenDefaultMethod_isTracedInItsPlace() {
        assertThat(new Strings().all() + new Loud().all()).isEqualTo("allloud");
        assertThat(names()).containsExactly("Repository.all", "Loud.all");
    }

    @Test
    void overrideOfAGenericMethodOfASuperclass_isTraced() {
        Repository<String> repository = new Loud();
        repository.save("x");
        assertThat(names()).containsExactly("Loud.save");
    }

    @Test
    void covariantResult_isTracedOnce() {
        Supplies supplies = new Covariant();
        assertThat(supplies.get()).isEqualTo("covariant");
        assertThat(names()).containsExactly("Covariant.get");
    }

    @Test
    void nearestInterface_winsOverTheFartherOneThatIsNamedFirst() {
        new Nearest().run();
        assertThat(names()).containsExactly("near");
    }

    @Test
    void superclass_winsOverTheInterfaceBesideIt() {
        new ClassBeforeInterface().run();
        assertThat(names()).containsExactly("class");
    }

    @Test
    void privateAndStaticMethods_areNotOverridden() {
        new ClassBeforeInterface().hidden();
        ClassBeforeInterface.ofClass();
        assertThat(names()).isEmpty();
    }

    @Test
    void ownAnnotation_winsOverTheInherited() {
        io.spanloom.Tracing.run("root", span -> new Own().run());
        assertThat(names()).containsExactly("own", "root");
    }

    @Test
    void notTracedOnTheOverride_winsAndIsInheritedToo() {
        new Out().run();
        new BelowOut().run();
        new Strings().probe();
        assertThat(names()).isEmpty();
        assertThat(Weaver.explain(BelowOut.class).toString())
                .contains("run(): not woven: @NotTraced; annotated in " + Out.class.getName() + ".run");
    }

    @Test
    void inheritedMethodAnnotation_winsOverTheOwnTypes() {
        new TypeAndMethod().run();
        assertThat(names()).containsExactly("near");
    }

    @Test
    void ownCapture_winsForItsParameterAndTheOthersAreInherited() {
        new OwnCapture().find(7);
        assertThat(only().annotations()).isEqualTo(Map.of("number", 7L, "found", 7L));
    }

    @Test
    void lambdaOfAnAnnotatedInterface_isNotTraced() {
        Near near = () -> {};
        near.run();
        assertThat(names()).isEmpty();
    }

    @Test
    void anonymousEnumRecordAndLocalClasses_inherit() {
        class Local implements Near {
            @Override
            public void run() {}
        }
        new Local().run();
        Mood.GOOD.run();
        new Point(1).run();
        new Near() {
            @Override
            public void run() {}
        }.run();
        assertThat(names()).containsExactly("near", "near", "near", "near");
    }

    @Test
    void explanation_tellsWhereTheAnnotationIs() {
        new Strings().find("a");
        assertThat(Weaver.explain(Strings.class).toString())
                .contains("find(String): woven (self-attached); annotated in " + Repository.class.getName() + ".find");
        assertThat(Weaver.explain(Near.class).toString())
                .contains("run(): not woven: abstract: it has no code; the methods that implement it are traced");
    }
}
