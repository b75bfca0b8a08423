package io.spanloom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document that says "this test holds it" names tests that are there. */
class NamedTestsTest {

    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+(?:Test|IT|Race|Fuzz))`");

    @ParameterizedTest
    @ValueSource(strings = {"SECURITY.md", "docs/reliability.md"})
    void testsThatADocumentNames_areThere(String document) throws IOException {
        Set<String> named = NAMED.matcher(Files.readString(Path.of("..", document)))
                .results()
                .map((MatchResult match) -> match.group(1) + ".java")
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> there;
        try (Stream<Path> files = Files.find(
                Path.of(".."),
                12,
                (file, attributes) -> attributes.isRegularFile()
                        && file.toString().contains("src")
                        && file.toString().endsWith(".java"))) {
            there = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
        assertThat(named)
                .hasSizeGreaterThan(5)
                .allSatisfy(name -> assertThat(there).contains(name));
    }
}
