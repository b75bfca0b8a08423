package io.spanloom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's Java is compiled: each of its blocks stands, white space apart, in {@link ReadmeSnippets}. */
class SnippetsTest {

    @Test
    void readmeJava_isCompiled() throws IOException {
        String compiled = squeezed(source("ReadmeSnippets")) + squeezed(source("ActivitiesTest"));
        List<String> blocks = new ArrayList<>();
        Matcher block = Pattern.compile("(?s)```java\\n(.*?)```").matcher(Files.readString(Path.of("../README.md")));
        while (block.find()) {
            blocks.add(block.group(1));
        }

        assertThat(blocks).isNotEmpty().allSatisfy(java -> {
            for (String part : java.split("\\n\\n")) {
                assertThat(compiled).contains(squeezed(part));
            }
        });
    }

    @Test
    void asyncJava_isCompiled() throws IOException {
        String compiled = squeezed(source("AsyncSnippets")).replace("publicstaticfinal", "publicfinal");
        List<String> blocks = new ArrayList<>();
        Matcher block =
                Pattern.compile("(?s)```java\\n(.*?)```").matcher(Files.readString(Path.of("../docs/async.md")));
        while (block.find()) {
            blocks.add(block.group(1));
        }

        assertThat(blocks).isNotEmpty().allSatisfy(java -> assertThat(compiled).contains(squeezed(java)));
    }

    private static String source(String name) throws IOException {
        return Files.readString(Path.of("src/test/java/io/spanloom/e2e/" + name + ".java"));
    }

    private static String squeezed(String java) {
        return java.replaceAll("import [^;]+;", "").replaceAll("//[^\\n]*", "").replaceAll("\\s+", "");
    }
}
