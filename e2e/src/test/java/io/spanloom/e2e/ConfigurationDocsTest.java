package io.spanloom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.TracingConfig;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What is written about the keys is what the keys say; {@link ConfigurationDocs} writes it anew. */
class ConfigurationDocsTest {

    private static final String CURE = "run ConfigurationDocs.main in e2e, and commit what it writes";

    @Test
    void table_isThatOfTheKeys() throws IOException {
        assertThat(Files.readString(ConfigurationDocs.TABLE)).as(CURE).isEqualTo(ConfigurationDocs.table());
    }

    @Test
    void metadataForIdes_isThatOfTheKeys() throws IOException {
        assertThat(Files.readString(ConfigurationDocs.METADATA)).as(CURE).isEqualTo(ConfigurationDocs.metadata());
    }

    @Test
    void keys_sayWhatTheyAreFor() {
        assertThat(TracingConfig.keys())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key.description())
                        .as(key.name())
                        .isNotEmpty()
                        .doesNotEndWith("."));
    }
}
