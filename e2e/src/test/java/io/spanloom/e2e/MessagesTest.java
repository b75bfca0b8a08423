package io.spanloom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every message code that the sources say has its section in {@code docs/messages.md}, and no section is left over. */
class MessagesTest {

    private static final Path ROOT = Path.of("..");

    @Test
    void codes_areThoseOfTheDocs() throws IOException {
        Set<String> said = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("src" + java.io.File.separator + "main"))
                    .forEach(file -> collect(read(file), "(TRC-\\d{3})", said));
        }
        Set<String> explained = new TreeSet<>();
        collect(read(ROOT.resolve("docs/messages.md")), "(?m)^## (TRC-\\d{3})", explained);

        assertThat(said).isNotEmpty().isEqualTo(explained);
    }

    private static void collect(String text, String pattern, Set<String> target) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            target.add(matcher.group(1));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
