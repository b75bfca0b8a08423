package io.spanloom.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A web application that brings Spanloom is undeployed: nothing that lives longer may hold on to it. */
class ClassUnloadingTest {

    /** Belongs to the server, whose classes outlive the application. */
    public static final class Shared {
        public String getName() {
            return "shared";
        }
    }

    /** Spanloom once more, as an application's own. */
    private static final class Application extends ClassLoader {
        Application() {
            super(ClassUnloadingTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.spanloom.") || name.startsWith(ClassUnloadingTest.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException failed) {
                throw new ClassNotFoundException(name, failed);
            }
        }
    }

    @Test
    void snapshotsOfTheServersClasses_doNotKeepTheApplicationAlive() throws Exception {
        WeakReference<ClassLoader> application = new WeakReference<>(snapshotIn(new Application()));

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            System.gc();
            return application.get() == null;
        });
    }

    private static ClassLoader snapshotIn(ClassLoader application) throws Exception {
        Object json = application
                .loadClass(JsonSnapshot.class.getName())
                .getMethod("of", String.class, Object.class)
                .invoke(null, "value", Map.of("shared", List.of(new Shared())));
        assertThat(json).isEqualTo("{\"shared\":[{\"name\":\"shared\"}]}");
        return application;
    }
}
