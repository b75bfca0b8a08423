package io.spanloom.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void wrongArguments_saysHowToUseIt() throws Exception {
        for (List<String> arguments : List.of(
                List.<String>of(),
                List.of("explain"),
                List.of("explain", "--strict"),
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
