package io.spanloom.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that a fuzzer starts from: each is read, or refused with words for people; nothing else happens. */
class RuleCorpusTest {

    static List<Path> seeds() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/corpus/rules"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void document_isReadOrRefusedWithAReason(Path seed) throws IOException {
        try {
            List<SamplingRule> rules = RuleFile.rules(Files.readAllBytes(seed));

            assertThat(rules).isNotEmpty();
            assertThat(RuleSet.local(rules).match(Rules.get("/api/home"))).isNotNull();
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(1_000).doesNotContain("\n");
        }
    }
}
