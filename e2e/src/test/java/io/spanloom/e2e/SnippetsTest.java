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

/** The Java of README.md and docs/context.md is compiled: each block stands, white space apart, in a source file. */
class SnippetsTest {

    @Test
    void readmeJava_isCompiled() throws IOException {
        assertCompiled("../README.md", source("ReadmeSnippets") + source("ActivitiesTest"));
    }

    @Test
    void contextJava_isCompiled() throws IOException {
        String recipe = Files.readString(Path.of("src/test/recipes/StructuredTrace.java"));
        assertCompiled("../docs/context.md", source("ContextSnippets") + recipe);
    }

    private static void assertCompiled(String page, String sources) throws IOException {
        String compiled = squeezed(sources);
        List<String> blocks = new ArrayList<>();
        Matcher block = Pattern.compile("(?s)```java\\n(.*?)```").matcher(Files.readString(Path.of(page)));
        while (block.find()) {
            blocks.add(block.group(1));
        }

        assertThat(blocks).isNotEmpty().allSatisfy(java -> {
            for (String part : java.split("\\n\\n")) {
                assertThat(compiled).contains(squeezed(part));
            }
        });
    }

    private static String source(String name) throws IOException {
        return Files.readString(Path.of("src/test/java/io/spanloom/e2e/" + name + ".java"));
    }

    private static String squeezed(String java) {
        return java.replaceAll("import [^;]+;", "").replaceAll("//[^\\n]*", "").replaceAll("\\s+", "");
    }
}
