package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSourcesTest {

    @TempDir
    Path folder;

    @AfterEach
    void forget() {
        System.clearProperty(ConfigSources.LOCATION);
    }

    @Test
    void fileThatAPropertyPointsTo_isReadAndNamed() throws Exception {
        Path file = folder.resolve("my.properties");
        Files.writeString(file, "# a comment\ntracing.service = Zürich\n", StandardCharsets.UTF_8);
        System.setProperty(ConfigSources.LOCATION, file.toString());

        ConfigSources sources = ConfigSources.ofProcess();

        assertThat(sources.file()).containsEntry("tracing.service", "Zürich");
        assertThat(sources.fileOrigin()).isEqualTo(file.toString());
    }

    @Test
    void fileThatIsNotThere_isAnErrorThatNamesIt() {
        System.setProperty(
                ConfigSources.LOCATION, folder.resolve("missing.properties").toString());

        assertThatExceptionOfType(TracingConfigException.class)
                .isThrownBy(TracingConfig::load)
                .withMessageContaining(
                        "missing.properties (named by the system property tracing.config) cannot be read: it does not exist");
    }

    @Test
    void fileWithAMalformedEscape_isAnErrorThatNamesIt() throws Exception {
        Path file = folder.resolve("broken.properties");
        Files.writeString(file, "tracing.service = \\u12\n");
        System.setProperty(ConfigSources.LOCATION, file.toString());

        assertThatExceptionOfType(TracingConfigException.class)
                .isThrownBy(TracingConfig::load)
                .withMessageContaining(
                        "broken.properties (named by the system property tracing.config) cannot be read:");
    }
}
