package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenJarTest {

    @TempDir
    Path folder;

    private URL jar(String name, String text) throws IOException {
        Path jar = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("a.class"));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return jar.toUri().toURL();
    }

    @Test
    void fileOfAJar_isReadWhole() throws Exception {
        String text = "x".repeat(100_000);
        URL jar = jar("a.jar", text);
        assertThat(OpenJar.read(jar, "a.class")).asString().isEqualTo(text);
        assertThat(OpenJar.read(jar, "b.class")).isNull();
    }

    @Test
    void otherJar_isReadInItsPlace() throws Exception {
        URL first = jar("first.jar", "first");
        URL second = jar("second.jar", "second");
        for (int i = 0; i < 2; i++) {
            assertThat(OpenJar.read(first, "a.class")).asString().isEqualTo("first");
            assertThat(OpenJar.read(second, "a.class")).asString().isEqualTo("second");
        }
    }

    @Test
    void jarThatIsNotReadAnyMore_isClosed() throws Exception {
        URL jar = jar("gone.jar", "there");
        OpenJar.read(jar, "a.class");
        Files.delete(folder.resolve("gone.jar"));
        Awaitility.await().until(() -> !OpenJar.isOpen());
        assertThatThrownBy(() -> OpenJar.read(jar, "a.class")).isInstanceOf(NoSuchFileException.class);
    }
}
