package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.MemorySpan;
import io.spanloom.spi.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReloadTest {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final Queue<MemorySpan> first = new ConcurrentLinkedQueue<>();
    private final Queue<MemorySpan> second = new ConcurrentLinkedQueue<>();
    private Path file;

    @BeforeEach
    void fileOfItsOwn() {
        Tracing.shutdown();
        file = folder.resolve("tracing.properties");
        System.setProperty("tracing.config", file.toString());
    }

    @AfterEach
    void over() {
        Tracing.shutdown();
        System.clearProperty("tracing.config");
    }

    private static BackendProvider provider(String name, Queue<MemorySpan> ended) {
        return new BackendProvider() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Backend create(TracingConfig config) {
                return new MemoryBackend(name, config.sampler(), ended::add);
            }
        };
    }

    private void begin() {
        Tracing.reconfigure(TracingConfig.builder()
                .provider(provider("first", first))
                .provider(provider("second", second))
                .build());
    }

    /** As whoever cares writes a file: all at once. */
    private void write(String... lines) throws IOException {
        Path written = Files.write(folder.resolve("new"), List.of(lines));
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String backend() {
        return Tracing.config().get(TracingConfig.BACKEND);
    }

    @Test
    void changedFile_isPutInForceAndSpansInFlightEndWhereTheyBegan() throws Exception {
        write("tracing.reload = 1", "tracing.backend = first");
        begin();
        try (Span span = Tracing.span("in flight")) {
            write("tracing.reload = 1", "tracing.backend = second");
            await().atMost(LONGEST).until(() -> backend().equals("second"));
            Tracing.run("next", next -> {});
        }

        assertThat(first).extracting(Span::name).containsExactly("in flight");
        assertThat(second).extracting(Span::name).containsExactly("next");
    }

    @Test
    void brokenFile_isSaidAndLeavesAllAsItWasUntilItIsMended() throws Exception {
        write("tracing.reload = 1", "tracing.backend = first");
        begin();
        TracingConfig good = Tracing.config();
        StringBuilder said = new StringBuilder();
        while (!said.toString().contains("TRC-008")) {
            said.append(Said.by(() -> {
                write("# " + System.nanoTime(), "tracing.reload = 1", "tracing.backend = frist");
                await().during(Duration.ofSeconds(4)).atMost(LONGEST).until(() -> Tracing.config() == good);
            }));
        }

        assertThat(said).containsOnlyOnce("TRC-008").contains(file.toString()).contains("did you mean first?");
        assertThat(Tracing.config()).isSameAs(good);
        write("tracing.reload = off", "tracing.backend = second");
        await().atMost(LONGEST).until(() -> backend().equals("second"));
    }

    @Test
    void configurationOfCode_isNotReplacedByAFileThatSaysNothingNew() throws Exception {
        write("tracing.reload = 1", "tracing.backend = first");
        begin();
        TracingConfig good = Tracing.config();
        write("# only a comment", "tracing.backend = first", "tracing.reload = 1");
        write("tracing.reload = 1", "tracing.backend = first");

        await().during(Duration.ofSeconds(4)).atMost(LONGEST).until(() -> Tracing.config() == good);
    }

    @Test
    void reloadWithoutAFile_isSaid() throws Exception {
        TracingConfig alone = TracingConfig.builder()
                .alone()
                .backend("log")
                .set(TracingConfig.RELOAD, "5")
                .build();

        assertThat(Said.by(() -> Tracing.reconfigure(alone))).contains("TRC-009");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "86401", "soon", "1.5", "999999999999"})
    void intervalThatIsNone_isRefused(String interval) {
        assertThatExceptionOfType(TracingConfigException.class)
                .isThrownBy(() -> TracingConfig.builder()
                        .alone()
                        .set(TracingConfig.RELOAD, interval)
                        .build())
                .withMessageContaining("off, or how often to look in seconds");
    }
}
