package io.spanloom.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JavaagentIT extends WeavingContract {

    @Override
    void prepare(Path compiled) {}

    @Override
    Program program(Jdk jdk, boolean modular) {
        return new Program(jdk).with("-javaagent:" + AGENT);
    }

    /** The weaver's own classes are then loaded outside of the transformer, which looks at them, too. */
    @ParameterizedTest
    @MethodSource("jdks")
    void weaverAskedBeforeItHasWovenAnything_answersAndWeaves(Jdk jdk) throws Exception {
        Program.Run run = onClassPath(jdk, List.of(), "ask first");
        assertThat(run.err()).doesNotContain("TRC-").doesNotContain("LinkageError");
        assertThat(run.out()).contains("Asking: nothing in it is annotated");
        assertAllOk(run);
    }

    /** The other order: there the second agent sees our bytes, here we see its. */
    @ParameterizedTest
    @MethodSource("jdks")
    void retransformationByAnAgentThatCameBefore_keepsEverythingWoven(Jdk jdk) throws Exception {
        List<Path> path = new ArrayList<>(List.of(classes));
        path.addAll(libraries());
        assertStillWoven(new Program(jdk)
                .with("-javaagent:" + secondAgent(temporary), "-javaagent:" + AGENT)
                .path("-cp", path)
                .with(ContractApp.class.getName(), "again")
                .run());
    }

    @Override
    List<String> orders() {
        return List.of();
    }
}
