package io.spanloom.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test has a switch of its own, which nobody has turned yet. */
class OffSwitchTest {

    private static final MethodHandle WHILE_OFF = MethodHandles.constant(String.class, "while off");
    private static final MethodHandle THEN = MethodHandles.constant(String.class, "then");

    private MethodHandle set;
    private MethodHandle untilOn;

    @BeforeEach
    void freshSwitch() throws Exception {
        Class<?> fresh = new FreshLoader().loadClass(OffSwitch.class.getName());
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        set = lookup.findStatic(fresh, "set", MethodType.methodType(void.class, boolean.class));
        untilOn = lookup.findStatic(
                fresh, "untilOn", MethodType.methodType(MethodHandle.class, MethodHandle.class, MethodHandle.class));
    }

    private MethodHandle linked() throws Throwable {
        return (MethodHandle) untilOn.invokeExact(WHILE_OFF, THEN);
    }

    @Test
    void siteLinkedWhileOff_changesWhenTracingIsSwitchedOn() throws Throwable {
        set.invokeExact(true);
        MethodHandle site = linked();
        assertThat((String) site.invokeExact()).isEqualTo("while off");

        set.invokeExact(false);
        assertThat((String) site.invokeExact()).isEqualTo("then");
        set.invokeExact(true);
        assertThat((String) site.invokeExact()).as("it asks by itself now").isEqualTo("then");
    }

    @Test
    void siteLinkedBeforeAnybodySetTracingUp_isNotGuarded() throws Throwable {
        assertThat(linked()).isSameAs(THEN);
    }

    @Test
    void siteLinkedWhileOffAgain_asksByItself() throws Throwable {
        set.invokeExact(true);
        set.invokeExact(false);
        set.invokeExact(true);

        assertThat((String) linked().invokeExact()).isEqualTo("then");
    }

    private static final class FreshLoader extends ClassLoader {

        FreshLoader() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try (InputStream file = OffSwitchTest.class.getResourceAsStream("OffSwitch.class")) {
                byte[] bytes = Objects.requireNonNull(file).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (java.io.IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
