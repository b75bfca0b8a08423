package io.spanloom.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.jar.asm.ClassReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelfAttachedIT extends WeavingContract {

    @Override
    void prepare(Path compiled) {}

    @Override
    Program program(Jdk jdk, boolean modular) {
        Program program = new Program(jdk).with("-Djdk.attach.allowAttachSelf=true");
        return modular ? program.with("--add-modules", "net.bytebuddy,net.bytebuddy.agent,jdk.attach") : program;
    }

    @Override
    List<Path> morePath() {
        return Program.placesOf(ClassReader.class, ByteBuddyAgent.class);
    }

    @Override
    List<String> orders() {
        return List.of("install");
    }

    /** What a JVM says from Java 21 on of every agent that comes at run time, by which it means itself. */
    @Override
    boolean isExcused(String line) {
        return line.startsWith("WARNING: A Java agent has been loaded dynamically")
                || line.startsWith("WARNING: If a serviceability tool is in use")
                || line.startsWith("WARNING: If a serviceability tool is not in use")
                || line.startsWith("WARNING: Dynamic loading of agents will be disallowed");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void jvmThatRefusesAttachment_isAClearMessageAndThePlainProgram(Jdk jdk) throws Exception {
        List<String> refusals = new ArrayList<>(List.of("-XX:+DisableAttachMechanism"));
        if (jdk.version() >= 21) {
            refusals.add("-XX:-EnableDynamicAgentLoading"); // older JVMs take it for granted in another form
        }
        for (String refusal : refusals) {
            List<Path> path = new ArrayList<>(List.of(classes));
            path.addAll(libraries());
            path.addAll(morePath());
            Program.Run run = program(jdk, false)
                    .with(refusal)
                    .path("-cp", path)
                    .with(ContractApp.class.getName(), "install")
                    .run();
            assertThat(run.exit()).as(refusal + run.err()).isZero();
            assertThat(run.err())
                    .as(refusal)
                    .containsOnlyOnce("TRC-057")
                    .contains("start the JVM with -javaagent:tracing-agent.jar")
                    .doesNotContain("\tat ");
            assertThat(run.out()).contains("Installation[installed=false, mode=none");
        }
    }
}
