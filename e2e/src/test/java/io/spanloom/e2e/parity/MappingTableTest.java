package io.spanloom.e2e.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each row of docs/parity.md names tests that exist. */
class MappingTableTest {

    private static final Path ROOT = Path.of("..");
    private static final int ROWS = 33;
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Test)\\.(\\w+)`");

    private static List<String> rows() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/parity.md")).stream()
                .filter(line -> line.matches("\\| \\d+ \\|.*"))
                .toList();
    }

    @Test
    void table_hasEachRowOnce() throws IOException {
        assertThat(rows())
                .extracting(row -> row.substring(2, row.indexOf(" |")))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, ROWS)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    void eachRow_namesTestsThatExist() throws IOException {
        List<String> missing = new ArrayList<>();
        for (String row : rows()) {
            Matcher named = NAMED.matcher(row);
            boolean any = false;
            while (named.find()) {
                any = true;
                if (!exists(named.group(1), named.group(2))) {
                    missing.add(named.group());
                }
            }
            if (!any) {
                missing.add("a test of " + row);
            }
        }
        assertThat(missing).isEmpty();
    }

    /** A class of the name, in any module, with an annotated method of the name. */
    private static boolean exists(String type, String method) throws IOException {
        Pattern test = Pattern.compile(
                "@(?:Parameterized)?Test\\b(?:(?!\\bvoid\\b).)*\\bvoid " + method + "\\(", Pattern.DOTALL);
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(MappingTableTest::files)
                    .filter(file -> file.endsWith(type + ".java"))
                    .anyMatch(file -> test.matcher(text(file)).find());
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
