package io.spanloom.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Span;
import io.spanloom.annotation.Traced;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.jar.asm.ClassReader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;

/** What a server keeps of web applications that install the weaver themselves. */
class RedeployIT {

    @TempDir
    Path temporary;

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    private Program.Run run(Jdk jdk, int times, String end) throws Exception {
        Path server = temporary.resolve("server");
        Path application = temporary.resolve("application");
        copy(server, Server.class);
        copy(application, Deployed.class, Lodger.class);
        List<Path> libraries = new ArrayList<>(List.of(application));
        libraries.addAll(
                Program.placesOf(Span.class, Traced.class, Logger.class, ClassReader.class, ByteBuddyAgent.class));
        return new Program(jdk)
                .with("-Djdk.attach.allowAttachSelf=true", "-XX:+EnableDynamicAgentLoading", "-Dtracing.backend=log")
                .path("-cp", List.of(server))
                .with(Server.class.getName(), Integer.toString(times), end)
                .with(libraries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)))
                .run();
    }

    private static void copy(Path folder, Class<?>... types) throws Exception {
        for (Class<?> type : types) {
            Path target = folder.resolve(Jars.entry(type.getName()));
            Files.createDirectories(target.getParent());
            Files.write(target, Jars.classFile(type.getName()));
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void applicationsThatUninstall_leaveNoLoaderBehind(Jdk jdk) throws Exception {
        Program.Run run = run(jdk, 50, "uninstall");
        assertThat(run.out().lines().filter("deployed: called self-attached woven"::equals))
                .as(run.err())
                .hasSize(50);
        assertThat(run.out()).contains("left of 50: 0");
        assertThat(run.err()).contains("spanloom: woven 1 method in 1 class (self-attached)");
    }

    /** As docs/weaving.md says: the JVM holds their transformers. */
    @ParameterizedTest
    @MethodSource("jdks")
    void applicationsThatDoNot_areAllKept(Jdk jdk) throws Exception {
        Program.Run run = run(jdk, 3, "nothing");
        assertThat(run.out()).as(run.err()).contains("left of 3: 3");
    }
}
