package io.spanloom.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.annotation.Traced;
import java.io.ByteArrayOutputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar tracing-agent.jar explain app.jar}, as packed. */
class ExplainIT {

    private static final String GUEST = Guest.class.getName();

    @TempDir
    Path temporary;

    private static Program.Run explain(String... arguments) throws Exception {
        return new Program(Jdk.all().get(0))
                .with("-jar", WeavingContract.AGENT.toString())
                .with(arguments)
                .run();
    }

    private Path jar() throws Exception {
        String point = Guest.Point.class.getName();
        return Jars.write(
                temporary.resolve("app.jar"),
                Map.of(),
                Map.of(
                        Jars.entry(GUEST),
                        Jars.classFile(GUEST),
                        Jars.entry(point),
                        Jars.classFile(point),
                        "readme.txt",
                        new byte[] {1}));
    }

    @Test
    void annotatedMethodsOfAJar_areListedWithWhatWeavesThem() throws Exception {
        Program.Run run = explain("explain", jar().toString());
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(GUEST + "\n")
                .contains("  varargs(Throwable, int[]): not woven: no weaver has seen this file yet; the agent, ")
                .contains("20 annotated methods: 0 woven at build time, 20 for a weaver to weave, 0 that stay")
                .contains("tracing-core is not in it");
    }

    @Test
    void classesThatAreNamed_areTheOnlyOnes() throws Exception {
        Program.Run run = explain("explain", jar().toString(), "Point", "Missing");
        assertThat(run.out())
                .contains("Guest$Point\n  sum(Throwable): ")
                .doesNotContain("varargs")
                .contains("Missing: there is no such class in it")
                .contains("1 annotated methods");
    }

    @Test
    void folderThatIsWoven_saysSo() throws Exception {
        Path classes = Files.createDirectories(temporary.resolve("classes"));
        WeavingContract.copyTheProgram(classes);
        BuildTimeIT.weave(classes);
        assertThat(explain("explain", classes.toString(), "Guest$Whole").out())
                .contains("work(Throwable): woven (build-time)")
                .contains("getName(): not woven: an accessor")
                .contains("probe(): not woven: @NotTraced");
    }

    @Test
    void strict_failsWhileAnythingNeedsAWeaver() throws Exception {
        Path classes = Files.createDirectories(temporary.resolve("strict"));
        WeavingContract.copyTheProgram(classes);
        assertThat(explain("explain", "--strict", classes.toString()).exit()).isEqualTo(3);
        BuildTimeIT.weave(classes);
        Program.Run run = explain("explain", "--strict", classes.toString());
        assertThat(run.exit()).as(run.out()).isZero();
    }

    @Test
    void jarsInAJar_areLookedInto() throws Exception {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        try (JarOutputStream stream = new JarOutputStream(inner)) {
            stream.putNextEntry(new ZipEntry(Jars.entry(GUEST)));
            stream.write(Jars.classFile(GUEST));
            stream.closeEntry();
        }
        Path boot = Jars.write(
                temporary.resolve("boot.jar"), Map.of(), Map.of("BOOT-INF/lib/guest.jar", inner.toByteArray()));
        assertThat(explain("explain", boot.toString()).out()).contains(GUEST).contains("19 annotated methods");
    }

    /** Annotated in one jar, implemented in another. */
    interface Orders {
        @Traced
        String find(String id);
    }

    @Traced
    @Retention(RetentionPolicy.CLASS)
    @interface Business {}

    static class JdbcOrders implements Orders {
        @Override
        public String find(String id) {
            return id;
        }

        @Business
        void audit() {}
    }

    private Path jarOf(String name, Class<?>... types) throws Exception {
        Map<String, byte[]> content = new HashMap<>();
        for (Class<?> each : types) {
            content.put(Jars.entry(each.getName()), Jars.classFile(each.getName()));
        }
        return Jars.write(temporary.resolve(name), Map.of(), content);
    }

    @Test
    void annotationsOfSupertypesInTheSameJar_areKnown() throws Exception {
        Path jar = jarOf("both.jar", Orders.class, JdbcOrders.class, Business.class);
        assertThat(explain("explain", jar.toString(), "JdbcOrders").out())
                .contains("find(String): not woven: no weaver has seen this file yet")
                .contains("annotated in " + Orders.class.getName() + ".find")
                .contains("audit(): not woven: no weaver has seen this file yet")
                .contains("2 annotated methods: 0 woven at build time, 2 for a weaver")
                .doesNotContain("--class-path");
    }

    @Test
    void annotationsOfSupertypesOnTheClassPath_areKnownAndNotListedThemselves() throws Exception {
        Path jar = jarOf("app.jar", JdbcOrders.class);
        Path library = jarOf("library.jar", Orders.class, Business.class);
        String path = library + java.io.File.pathSeparator + temporary.resolve("not-there.jar");
        for (String each : List.of(path, temporary.resolve("*").toString())) {
            assertThat(explain("explain", "--class-path", each, jar.toString()).out())
                    .contains("annotated in " + Orders.class.getName() + ".find")
                    .contains("audit(): not woven: no weaver has seen this file yet")
                    .contains("2 annotated methods: 0 woven at build time, 2 for a weaver")
                    .doesNotContain("Orders\n  find(String): not woven: abstract")
                    .doesNotContain("is not known");
        }
        String withCore = library
                + java.io.File.pathSeparator
                + WeavingContract.libraries().get(0);
        assertThat(explain("explain", "--class-path", withCore, jar.toString()).out())
                .doesNotContain("tracing-core is not in it");
        Program.Run strict = explain("explain", "--strict", "--class-path", path, jar.toString());
        assertThat(strict.exit()).isEqualTo(3);
    }

    @Test
    void supertypesThatAreNowhere_areNamed() throws Exception {
        assertThat(explain("explain", jarOf("app.jar", JdbcOrders.class).toString())
                        .out())
                .contains("what is inherited from " + Orders.class.getName()
                        + " is not known: name the jars by --class-path");
    }

    @Test
    void annotationsOfSupertypesInALibraryOfABootJar_areKnown() throws Exception {
        Path library = jarOf("library.jar", Orders.class, Business.class);
        Path boot = Jars.write(
                temporary.resolve("boot.jar"),
                Map.of(),
                Map.of(
                        "BOOT-INF/classes/" + Jars.entry(JdbcOrders.class.getName()),
                        Jars.classFile(JdbcOrders.class.getName()),
                        "BOOT-INF/lib/library.jar",
                        Files.readAllBytes(library),
                        "BOOT-INF/lib/text.jar",
                        "no jar".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(explain("explain", boot.toString(), "JdbcOrders").out())
                .contains("annotated in " + Orders.class.getName() + ".find")
                .contains("audit(): not woven: no weaver has seen this file yet");
    }

    @Test
    void wrongArguments_saysHowToUseIt() throws Exception {
        for (List<String> arguments : List.of(
                List.<String>of(),
                List.of("explain"),
                List.of("explain", "--strict"),
                List.of("explain", "--class-path"),
                List.of("explain", "--class-path", "."),
                List.of("explain", "--stric", "."),
                List.of("explain", "nowhere.jar"))) {
            Program.Run run = explain(arguments.toArray(String[]::new));
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).contains("usage: java -jar tracing-agent.jar explain");
        }
    }

    @Test
    void fileThatIsNoJar_isSaid() throws Exception {
        Path text = Files.writeString(temporary.resolve("text.jar"), "text");
        Program.Run run = explain("explain", text.toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("cannot be read").doesNotContain("\tat ");
    }
}
