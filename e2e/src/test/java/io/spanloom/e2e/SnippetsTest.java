package io.spanloom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents' Java is compiled: each block stands, white space apart, in a class beside this one. */
class SnippetsTest {

    @Test
    void readmeJava_isCompiled() throws IOException {
        String compiled = squeezed(source("ReadmeSnippets"))
                + squeezed(source("HttpSnippets"))
                + squeezed(source("ActivitiesTest"));

        assertThat(blocks("../README.md")).isNotEmpty().allSatisfy(java -> {
            for (String part : java.split("\\n\\n")) {
                assertThat(compiled).contains(squeezed(part));
            }
        });
    }

    @Test
    void contextJava_isCompiled() throws IOException {
        String recipe = Files.readString(Path.of("src/test/recipes/StructuredTrace.java"));
        String compiled = squeezed(source("ContextSnippets")) + squeezed(recipe);

        assertThat(blocks("../docs/context.md")).isNotEmpty().allSatisfy(java -> {
            for (String part : java.split("\\n\\n")) {
                assertThat(compiled).contains(squeezed(part));
            }
        });
    }

    @Test
    void asyncJava_isCompiled() throws IOException {
        Path rxJava = Path.of("../tracing-annotations/src/test/java/io/spanloom/weave/RxJavaTest.java");
        String compiled = squeezed(source("AsyncSnippets")).replace("publicstaticfinal", "publicfinal")
                + squeezed(Files.readString(rxJava));

        assertThat(blocks("../docs/async.md"))
                .hasSize(5)
                .allSatisfy(java -> assertThat(compiled).contains(squeezed(java)));
    }

    @Test
    void httpJava_isCompiled() throws IOException {
        String compiled = squeezed(source("HttpSnippets"));

        assertThat(blocks("../docs/http.md"))
                .hasSize(5)
                .allSatisfy(java -> assertThat(compiled).contains(squeezed(java)));
    }

    @Test
    void doctorJava_isCompiled() throws IOException {
        String compiled = squeezed(source("ExtendingSnippets"));

        assertThat(blocks("../docs/doctor.md"))
                .hasSize(1)
                .allSatisfy(java -> assertThat(compiled).contains(squeezed(java)));
    }

    @Test
    void sqlJava_isCompiled() throws IOException {
        String compiled = squeezed(source("SqlSnippets"));

        assertThat(blocks("../docs/sql.md"))
                .hasSize(3)
                .allSatisfy(java -> assertThat(compiled).contains(squeezed(java)));
    }

    @Test
    void errorsJava_isCompiled() throws IOException {
        String compiled = squeezed(source("ErrorsSnippets"));

        assertThat(blocks("../docs/errors.md"))
                .hasSize(3)
                .allSatisfy(java -> assertThat(compiled).contains(squeezed(java)));
    }

    @Test
    void awsSdkJava_isCompiled() throws IOException {
        String compiled = squeezed(source("AwsSdkSnippets"));

        assertThat(blocks("../docs/aws-sdk.md")).hasSize(4).allSatisfy(java -> {
            for (String part : java.split("\\n\\n")) {
                assertThat(compiled).contains(squeezed(part));
            }
        });
    }

    @Test
    void messagesJava_isCompiled() throws IOException {
        String compiled = squeezed(source("MessageSnippets"));

        assertThat(blocks("../docs/messages-and-jobs.md")).hasSize(9).allSatisfy(java -> {
            for (String part : java.split("\\n\\n")) {
                assertThat(compiled).contains(squeezed(part));
            }
        });
    }

    @Test
    void extendingAndGettingStartedJava_isCompiled() throws IOException {
        String compiled = squeezed(source("ExtendingSnippets"))
                .replace("acme(config", "newAcmeBackend(config")
                .replace("abstractstaticclassContract", "classAcmeBackendContractTest")
                .replace("staticfinalclassAcmeCheck", "publicfinalclassAcmeCheck");
        String started = squeezed(source("ReadmeSnippets")) + squeezed(source("HttpSnippets"));

        assertThat(blocks("../docs/extending.md")).hasSize(4).allSatisfy(java -> {
            for (String part : java.split("\\n\\n")) {
                assertThat(compiled).contains(squeezed(part).replaceAll("\\}\\}$", "}"));
            }
        });
        assertThat(blocks("../docs/getting-started.md"))
                .hasSize(2)
                .allSatisfy(java -> assertThat(started).contains(squeezed(java)));
    }

    @Test
    void headersAndSamplingJava_isCompiled() throws IOException {
        String compiled = squeezed(source("HeaderSnippets"));
        List<String> blocks = new ArrayList<>(blocks("../docs/headers.md"));
        blocks.addAll(blocks("../docs/sampling.md"));

        assertThat(blocks).hasSize(2).allSatisfy(java -> assertThat(compiled).contains(squeezed(java)));
    }

    @Test
    void migrationJava_isCompiled() throws IOException {
        String compiled = squeezed(source("MigrationSnippets"));

        assertThat(blocks("../docs/migrating-from-xray-sdk.md"))
                .hasSizeGreaterThan(4)
                .allSatisfy(java -> assertThat(compiled).contains(squeezed(java)));
    }

    /** In the examples, whose applications are started and asked. */
    @Test
    void micronautAndQuarkusJava_isCompiled() throws IOException {
        StringBuilder compiled = new StringBuilder();
        for (String example : List.of("micronaut", "quarkus")) {
            try (Stream<Path> sources = Files.walk(Path.of("../examples", example, "src/main/java"))) {
                for (Path source : sources.filter(each -> each.toString().endsWith(".java"))
                        .toList()) {
                    compiled.append(squeezed(Files.readString(source)));
                }
            }
        }

        assertThat(blocks("../docs/micronaut-and-quarkus.md"))
                .hasSize(10)
                .allSatisfy(java -> assertThat(compiled.toString()).contains(squeezed(java)));
    }

    /** By kotlinc, in a project that the build runs. */
    @Test
    void kotlin_isCompiled() throws IOException {
        StringBuilder compiled = new StringBuilder();
        try (Stream<Path> sources = Files.walk(Path.of("src/it/kotlin/src/main"))) {
            for (Path source :
                    sources.filter(each -> each.toString().endsWith(".kt")).toList()) {
                compiled.append(spaceless(Files.readString(source)));
            }
        }

        assertThat(blocks("../docs/context.md", "kotlin"))
                .hasSize(4)
                .allSatisfy(kotlin -> assertThat(compiled.toString()).contains(spaceless(kotlin)));
        assertThat(blocks("../docs/async.md", "kotlin"))
                .hasSize(1)
                .allSatisfy(kotlin -> assertThat(compiled.toString()).contains(spaceless(kotlin)));
    }

    /** The tables that name a call of the SDK and ours beside it. */
    @Test
    void migrationCalls_areCompiled() throws IOException {
        String compiled = squeezed(source("MigrationSnippets"));
        List<String> calls = new ArrayList<>();
        boolean ofCalls = false;
        for (String line : Files.readAllLines(Path.of("../docs/migrating-from-xray-sdk.md"))) {
            ofCalls = line.equals("| X-Ray SDK | Spanloom | |") || ofCalls && line.startsWith("|");
            if (ofCalls && !line.startsWith("|--")) {
                String[] cells = line.split(" \\| |^\\| ");
                Matcher code = Pattern.compile("`([^`]*\\([^`]*\\))`").matcher(cells[1] + "\n" + cells[2]);
                while (code.find()) {
                    calls.add(code.group(1));
                }
            }
        }

        assertThat(calls)
                .hasSizeGreaterThan(50)
                .allSatisfy(call -> assertThat(compiled).contains(squeezed(call) + ";"));
    }

    private static List<String> blocks(String document) throws IOException {
        return blocks(document, "java");
    }

    private static List<String> blocks(String document, String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block =
                Pattern.compile("(?s)```" + language + "\\n(.*?)```").matcher(Files.readString(Path.of(document)));
        while (block.find()) {
            blocks.add(block.group(1));
        }
        return blocks;
    }

    private static String source(String name) throws IOException {
        return Files.readString(Path.of("src/test/java/io/spanloom/e2e/" + name + ".java"));
    }

    private static String squeezed(String java) {
        return spaceless(java.replaceAll("import [^;]+;", "").replaceAll("//[^\\n]*", ""));
    }

    private static String spaceless(String code) {
        return code.replaceAll("\\s+", "");
    }
}
