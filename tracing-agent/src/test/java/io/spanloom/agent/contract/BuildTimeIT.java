package io.spanloom.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.weave.SpanloomPlugin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.build.BuildLogger;
import net.bytebuddy.build.EntryPoint;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.inline.MethodNameTransformer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuildTimeIT extends WeavingContract {

    private boolean woven;

    @Override
    void prepare(Path compiled) throws IOException {
        if (woven) {
            return;
        }
        woven = true;
        weave(compiled);
    }

    static void weave(Path compiled) throws IOException {
        Plugin.Engine.Default.of(
                        EntryPoint.Default.REBASE,
                        ClassFileVersion.JAVA_V17,
                        MethodNameTransformer.Suffixing.withRandomSuffix())
                .with(ClassFileLocator.ForClassLoader.of(BuildTimeIT.class.getClassLoader()))
                .withErrorHandlers(Plugin.Engine.ErrorHandler.Failing.FAIL_FAST)
                .apply(
                        compiled.toFile(),
                        compiled.toFile(),
                        new Plugin.Factory.Simple(new SpanloomPlugin(compiled.toFile(), BuildLogger.NoOp.INSTANCE)));
    }

    @Override
    Program program(Jdk jdk, boolean modular) {
        return new Program(jdk);
    }

    @Override
    List<String> orders() {
        return List.of();
    }

    /** Woven for good, it needs core wherever it is loaded, as any class needs what it calls. */
    @Override
    void assertBlindLoader(Program.Run run) {
        assertThat(run.out()).contains("blind loader: java.lang.NoClassDefFoundError: io/spanloom/");
    }

    /** No weaver is there to read the class file. */
    @Override
    String explanationOfOld() {
        return "old.Old";
    }

    /** What a closed world, such as a native image, has to know of: method handles of the JDK's, and nothing else. */
    @ParameterizedTest
    @MethodSource("jdks")
    void classesDefinedAtRunTime_areTheMethodHandlesOfTheJdkAlone(Jdk jdk) throws Exception {
        Program.Run run = onClassPath(jdk, List.of("-Xlog:class+load=info:stdout"));
        List<String> loaded = run.out()
                .lines()
                .filter(line -> line.contains("[class,load]") || line.contains(" source: "))
                .toList();
        assertThat(loaded).isNotEmpty().noneMatch(line -> line.contains("net.bytebuddy"));
        assertThat(loaded.stream()
                        .filter(line -> line.contains("__JVM_LookupDefineClass__")
                                || line.contains("/0x")
                                || line.contains("source: io.spanloom"))
                        .map(line -> line.replaceFirst("^.*] ", "").replaceFirst("[ /+].*", ""))
                        .filter(name -> !name.startsWith("java.lang.invoke."))
                        .filter(name -> !name.contains("$$Lambda") && !name.contains("$$StringConcat")) // javac's own
                        .distinct())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void agentOverABuildWovenProgram_weavesNothingTwice(Jdk jdk) throws Exception {
        prepare(classes);
        List<Path> path = new java.util.ArrayList<>(List.of(classes));
        path.addAll(libraries());
        Program.Run run = new Program(jdk)
                .with("-javaagent:" + AGENT)
                .path("-cp", path)
                .with(ContractApp.class.getName())
                .run();
        assertThat(run.out().lines().filter(line -> line.endsWith(": ok"))).hasSize(CASES);
        assertThat(run.err()).doesNotContain("spanloom: woven").doesNotContain("TRC-");
    }
}
