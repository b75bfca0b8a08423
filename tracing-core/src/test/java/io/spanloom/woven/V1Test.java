package io.spanloom.woven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanloom.Span;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.junit.jupiter.api.Test;

class V1Test {

    private static final MethodHandles.Lookup CALLER = MethodHandles.lookup();

    public interface Named {
        String getName();
    }

    public static class Item implements Named {
        public final int[] counts = {1, 2, 3};

        @Override
        public String getName() {
            return "item";
        }

        public boolean isNew() {
            return true;
        }

        public String fluent() {
            return "fluent";
        }

        public void nothing() {}

        String hidden() {
            return "hidden";
        }
    }

    private static MethodHandle enter(MethodType type, String... site) {
        return V1.enter(CALLER, "enter", type, site).dynamicInvoker();
    }

    @Test
    void siteThatCannotBeLinked_startsTheSpanThatDoesNothing() throws Throwable {
        MethodType type = MethodType.methodType(Span.class, int.class);
        MethodHandle broken = enter(type, "name\tx", "kind\tNO_SUCH_KIND");
        assertThat((Span) broken.invokeExact(1)).isSameAs(Span.noop());
    }

    @Test
    void namespaceOfTheEnvironment_isItsDefaultWhereTheVariableIsNotSet() {
        Site site = Site.parse(CALLER, List.of("name\tx", "namespace\t${NO_SUCH_VARIABLE_HERE:fallback}"));
        assertThat(site.spec().namespace()).isEqualTo("fallback");
        assertThat(Site.captures(List.of("metadata\t0\tint\tkey\t\t${NO_SUCH_VARIABLE_HERE:other}\t\tNO_SUCH_SWITCH"))
                        .get(0)
                        .namespace())
                .isEqualTo("other");
    }

    @Test
    void metadataThatAVariableRefuses_isLeftOut() {
        String set = System.getenv().entrySet().stream()
                .filter(each -> !each.getValue().equalsIgnoreCase("true"))
                .findFirst()
                .orElseThrow()
                .getKey();
        assertThat(Site.captures(List.of("metadata\t0\tint\tkey\t\tdefault\t\t" + set)))
                .isEmpty();
    }

    @Test
    void constants_areAnnotationsAndMetadata() {
        Site site = Site.parse(CALLER, List.of("name\tx", "constant\tregion\teu", "constant\tClass\tShop\tClassInfo"));
        assertThat(site.constants())
                .containsExactly(
                        new Site.Constant("region", "eu", null), new Site.Constant("Class", "Shop", "ClassInfo"));
    }

    @Test
    void lineOfANewerWeaver_isLeftOut() {
        Site site = Site.parse(CALLER, List.of("name\tx", "invented\tlater", "noTab", ""));
        assertThat(site.spec().name()).isEqualTo("x");
        assertThat(site.captures()).isEmpty();
    }

    @Test
    void exceptionTypeThatIsNotThere_isLeftOut() {
        Site site = Site.parse(CALLER, List.of("name\tx", "ignore\tnot.There", "expect\tjava.lang.String"));
        assertThat(site.spec().name()).isEqualTo("x");
    }

    @Test
    void captureOfAnArgumentThatIsNotThere_isLeftOut() throws Throwable {
        MethodType type = MethodType.methodType(Span.class, int.class);
        MethodHandle linked = enter(type, "name\tx", "annotation\t5\tint\tkey\t");
        assertThat((Span) linked.invokeExact(1)).isNotNull();
    }

    @Test
    void exitThatCannotBeLinked_stillCloses() throws Throwable {
        MethodType type = MethodType.methodType(void.class, Object.class, Span.class);
        MethodHandle exit =
                V1.exit(CALLER, "exit", type, "annotation\tnot a number").dynamicInvoker();
        exit.invokeExact((Object) "result", Span.noop());
    }

    @Test
    void path_readsGettersFieldsMethodsAndLengths() throws Throwable {
        assertThat(read("name")).isEqualTo("item");
        assertThat(read("new")).isEqualTo(true);
        assertThat(read("counts.length")).isEqualTo(3);
        assertThat(read("fluent")).isEqualTo("fluent");
        assertThat(read("fluent().length()")).isEqualTo(6);
        assertThat(read("name.isEmpty()")).isEqualTo(false);
    }

    @Test
    void path_ofAnInterfaceSeesTheMethodsOfObject() throws Throwable {
        MethodHandle step =
                PropertyPath.resolve(CALLER, Named.class, "toString()").get(0);
        assertThat(step.type().parameterType(0)).isEqualTo(Named.class);
    }

    @Test
    void pathThatLeadsNowhere_saysWhere() {
        for (String path : List.of("hidden()", "nothing()", "name.x", "counts.length.x", "", "name.", "..")) {
            assertThatThrownBy(() -> PropertyPath.resolve(CALLER, Item.class, path))
                    .isInstanceOf(NoSuchPropertyException.class)
                    .hasMessageContaining("has no public");
        }
    }

    private static Object read(String path) throws Throwable {
        Object value = new Item();
        for (MethodHandle step : PropertyPath.resolve(CALLER, Item.class, path)) {
            value = step.invoke(value);
        }
        return value;
    }
}
