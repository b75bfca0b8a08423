package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.spi.Said;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnwovenClassesTest {

    @TempDir
    Path classes;

    @AfterEach
    void nobodyAnnounced() {
        System.clearProperty(UnwovenClasses.WEAVER);
    }

    private String saidOf(String index) throws Exception {
        Path file = classes.resolve(UnwovenClasses.INDEX);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, index);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            return Said.by(() -> UnwovenClasses.report(loader));
        }
    }

    @Test
    void annotatedClassesAndNoWeaver_areSaid() throws Exception {
        assertThat(saidOf("woven a.A\nunwoven b.B\nunwoven c.C\n"))
                .contains("TRC-061: annotations do nothing in 2 classes (b.B, ...)")
                .contains("-javaagent:tracing-agent.jar");
    }

    @Test
    void classesWovenByTheBuild_areNotSaid() throws Exception {
        assertThat(saidOf("woven a.A\nwoven b.B\n")).isEmpty();
    }

    @Test
    void weaverThatAnnouncedItself_isTrusted() throws Exception {
        System.setProperty(UnwovenClasses.WEAVER, "javaagent");
        assertThat(saidOf("unwoven b.B\n")).isEmpty();
    }
}
