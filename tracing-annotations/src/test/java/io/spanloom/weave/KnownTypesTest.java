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
}
