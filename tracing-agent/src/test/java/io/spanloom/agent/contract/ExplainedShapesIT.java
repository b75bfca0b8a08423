package io.spanloom.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.jar.asm.ClassReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees of annotations that surprise: word for word as docs/weaving.md shows it. */
class ExplainedShapesIT {

    private static final Path LOMBOK = Path.of(System.getProperty("other.agents", "target/agents"), "lombok.jar");
    private static final String EARLY = EarlyAgent.class.getName();

    private static final String SOURCE = """
            package com.example;

            import io.spanloom.annotation.Traced;

            interface Orders {
                @Traced
                String find(String id);
            }

            class Device {
                @Traced
                native int read();
            }

            @lombok.Data
            @Traced
            class Customer {
                private String name;

                @lombok.Getter(onMethod_ = @Traced)
                private long balance;
            }
            """;

    @TempDir
    Path temporary;

    private static void assertShownByTheDocs(String output) throws Exception {
        String docs = Files.readString(Path.of("../docs/weaving.md"));
        assertThat(docs).contains(output.replace("\r\n", "\n").strip());
    }

    /** By Lombok itself, as an annotation processor of the compiler. */
    private Path compiled() throws Exception {
        Path source = Files.writeString(temporary.resolve("Orders.java"), SOURCE);
        Path classes = temporary.resolve("classes");
        Path javac = Path.of(System.getProperty("java.home"), "bin", "javac");
        List<Path> path = new ArrayList<>(WeavingContract.libraries());
        path.add(LOMBOK);
        Path said = temporary.resolve("javac.txt");
        Process process = new ProcessBuilder(
                        javac.toString(),
                        "--release",
                        "17",
                        "-d",
                        classes.toString(),
                        "-cp",
                        String.join(
                                java.io.File.pathSeparator,
                                path.stream().map(Path::toString).toList()),
                        "-processorpath",
                        LOMBOK.toString(),
                        source.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(said)).isZero();
        return classes;
    }

    @Test
    void abstractNativeAndLombokMethods_areExplainedAsTheDocsShow() throws Exception {
        Program.Run run = new Program(Jdk.all().get(0))
                .with(
                        "-jar",
                        WeavingContract.AGENT.toString(),
                        "explain",
                        compiled().toString())
                .run();
        assertThat(run.out())
                .contains("find(String): not woven: abstract")
                .contains("read(): not woven: native")
                .contains("getName(): not woven: an accessor")
                .contains("getBalance(): not woven: no weaver has seen this file yet");
        assertShownByTheDocs(run.out());
    }

    @Test
    void classLoadedBeforeTheWeaver_isWovenAsTheDocsShow() throws Exception {
        List<Path> path = new ArrayList<>(Program.placesOf(Loaded.class, ClassReader.class, ByteBuddyAgent.class));
        path.addAll(WeavingContract.libraries());
        Program.Run run = new Program(Jdk.all().get(0))
                .with("-Djdk.attach.allowAttachSelf=true", "-Dtracing.backend=none")
                .path("-cp", path)
                .with(Loaded.class.getName(), "install")
                .run();
        assertThat(run.out()).as(run.err()).contains("charge(): woven (self-attached)");
        assertShownByTheDocs(run.out());
    }

    /** Of an agent that may not retransform, as in a manifest that forgets to say so. */
    @Test
    void classLoadedBeforeAnAgentThatMayNotRetransform_isExplainedAsTheDocsShow() throws Exception {
        Path early = Jars.write(
                temporary.resolve("early.jar"),
                Map.of("Premain-Class", EARLY),
                Map.of(Jars.entry(EARLY), Jars.classFile(EARLY)));
        Path agent = Jars.write(
                temporary.resolve("agent.jar"),
                Map.of("Premain-Class", "io.spanloom.agent.SpanloomAgent"),
                LauncherAgentIT.agent());
        List<Path> path = new ArrayList<>(Program.placesOf(Loaded.class));
        path.addAll(WeavingContract.libraries());
        Program.Run run = new Program(Jdk.all().get(0))
                .with("-javaagent:" + early + "=" + Loaded.class.getName(), "-javaagent:" + agent)
                .with("-Dtracing.backend=none")
                .path("-cp", path)
                .with(Loaded.class.getName())
                .run();
        assertThat(run.out()).as(run.err()).contains("charge(): not woven: it was loaded before the weaver");
        assertShownByTheDocs(run.out());
    }
}
