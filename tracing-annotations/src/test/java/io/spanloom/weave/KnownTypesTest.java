package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.annotation.Traced;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is looked at, and when: each look at a supertype that the JVM has not loaded yet costs the start of a program. */
class KnownTypesTest {

    interface Annotated {
        @Traced
        void find();
    }

    interface WithoutCode extends Annotated {
        void other();
    }

    static class WithCode implements WithoutCode {
        @Override
        public void find() {}

        @Override
        public void other() {}
    }

    interface Plain {
        void find();
    }

    static class OfPlain implements Plain {
        @Override
        public void find() {}
    }

    static class OfPlatform implements javax.security.auth.callback.CallbackHandler {
        @Override
        public void handle(javax.security.auth.callback.Callback[] callbacks) {}
    }

    private final List<String> found = new ArrayList<>();
    private final ClassFileSource source = internalName -> {
        found.add(internalName.substring(internalName.lastIndexOf('$') + 1));
        return ClassFileSource.of(KnownTypesTest.class.getClassLoader()).find(internalName);
    };
    private final KnownTypes types = new KnownTypes();

    private boolean load(Class<?> type) {
        return types.concernCode(
                type.getName().replace('.', '/'), Objects.requireNonNull(LoadedClasses.bytes(type)), source);
    }

    @Test
    void typeWithoutCode_hasNoSupertypeLookedAt() {
        assertThat(load(WithoutCode.class)).isFalse();
        assertThat(found).isEmpty();
    }

    @Test
    void subtypeOfATypeWithoutCode_inheritsThroughIt() {
        load(WithoutCode.class);
        load(Annotated.class);
        assertThat(load(WithCode.class)).isTrue();
        assertThat(found).doesNotContain("Annotated");
    }

    @Test
    void subtypeThatIsLoadedFirst_inheritsThroughFiles() {
        assertThat(load(WithCode.class)).isTrue();
        assertThat(found).containsExactlyInAnyOrder("WithoutCode", "Annotated");
    }

    @Test
    void supertypeThatWasLookedAt_isNotLookedAtAgain() {
        assertThat(load(OfPlain.class)).isFalse();
        assertThat(load(Plain.class)).isFalse();
        assertThat(load(OfPlain.class)).isFalse();
        assertThat(found).containsExactly("Plain");
    }

    @Test
    void supertypesOfThePlatform_areNotLookedAt() {
        assertThat(load(OfPlatform.class)).isFalse();
        assertThat(found).isEmpty();
    }

    static class OfLibrary extends org.assertj.core.api.AbstractCharSequenceAssert<OfLibrary, String> {
        OfLibrary() {
            super("", OfLibrary.class);
        }

        @Override
        public OfLibrary isEqualTo(Object expected) {
            return this;
        }
    }

    @Test
    void supertypesOfALibrary_areNotLookedAt() {
        assertThat(load(OfLibrary.class)).isFalse();
        assertThat(found).isEmpty();
    }

    @Test
    void classOfALibrary_isSearchedForAnnotationsAlone() {
        assertThat(load(org.assertj.core.api.AbstractStringAssert.class)).isFalse();
        assertThat(found).isEmpty();
        assertThat(types.concernCode(
                        "org/springframework/Odd", Objects.requireNonNull(LoadedClasses.bytes(Both.class)), source))
                .isTrue();
    }

    @Test
    void annotatedClassOfALibrary_leavesNothingToSubtypesWhicheverIsLoadedFirst() {
        types.concernCode(
                "org/springframework/Odd", Objects.requireNonNull(LoadedClasses.bytes(Annotated.class)), source);
        assertThat(types.find("org/springframework/Odd", source)).isNull();
    }

    static class Both {
        @Traced
        @org.jspecify.annotations.Nullable
        String find() {
            return null;
        }
    }

    @Test
    void libraries_areTheirPackagesAndNotWhatBeginsLikeThem() {
        assertThat(Libraries.have("org/springframework/core/Ordered")).isTrue();
        assertThat(Libraries.have("brave/Tracer")).isTrue();
        assertThat(Libraries.have("net/bytebuddy/agent/builder/AgentBuilder")).isTrue();
        assertThat(Libraries.have("org/springframeworks/Shop")).isFalse();
        assertThat(Libraries.have("com/google/shop/Shop")).isFalse();
        assertThat(Libraries.have("bravery/Shop")).isFalse();
        assertThat(Libraries.have("Shop")).isFalse();
    }

    /** An outline is read by hand, from whatever the compiler wrote. */
    @Test
    void outline_hasWhatReflectionHas() {
        for (Class<?> type : List.of(
                String.class,
                java.util.concurrent.ConcurrentHashMap.class,
                WithCode.class,
                Annotated.class,
                KnownTypes.class,
                KnownTypesTest.class,
                ShapesTest.class,
                net.bytebuddy.jar.asm.ClassReader.class)) {
            ClassOutline outline = new ClassOutline(Objects.requireNonNull(LoadedClasses.bytes(type)));
            List<String> supertypes = new ArrayList<>();
            if (type.getSuperclass() != null) {
                supertypes.add(type.getSuperclass().getName());
            }
            for (Class<?> each : type.getInterfaces()) {
                supertypes.add(each.getName());
            }
            supertypes.removeIf(each -> each.startsWith("java.") || each.startsWith("jdk."));
            supertypes.replaceAll(each -> each.replace('.', '/'));
            assertThat(outline.name()).isEqualTo(type.getName().replace('.', '/'));
            assertThat(outline.supertypes()).as(type.getName()).isEqualTo(supertypes);
            assertThat(outline.isFinal)
                    .as(type.getName())
                    .isEqualTo(java.lang.reflect.Modifier.isFinal(type.getModifiers()));
        }
    }
}
