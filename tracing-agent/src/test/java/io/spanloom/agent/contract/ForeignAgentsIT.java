package io.spanloom.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.jar.asm.ClassReader;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.tools.ExecFileLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Together with the agents that applications have already, whichever comes first on the command line. */
class ForeignAgentsIT {

    private static final Path AGENTS = Path.of(System.getProperty("other.agents", "target/agents"));
    private static final String OURS = "-javaagent:" + WeavingContract.AGENT;

    @TempDir
    Path temporary;

    private Path classes;

    @BeforeEach
    void copyTheProgram() throws IOException {
        classes = Files.createDirectories(temporary.resolve("classes"));
        WeavingContract.copyTheProgram(classes);
    }

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    private Program.Run run(Jdk jdk, String... options) throws Exception {
        List<Path> path = new ArrayList<>(List.of(classes));
        path.addAll(WeavingContract.libraries());
        return new Program(jdk)
                .with(options)
                .path("-cp", path)
                .with(ContractApp.class.getName())
                .run();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void openTelemetryAgentInTheSameJvm_changesNothingInEitherOrder(Jdk jdk) throws Exception {
        String theirs = "-javaagent:" + AGENTS.resolve("opentelemetry-javaagent.jar");
        for (List<String> order : List.of(List.of(theirs, OURS), List.of(OURS, theirs))) {
            List<String> options = new ArrayList<>(order);
            for (String signal : List.of("traces", "metrics", "logs")) {
                options.add("-Dotel." + signal + ".exporter=none");
            }
            Program.Run run = run(jdk, options.toArray(String[]::new));
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.err()).contains("opentelemetry-javaagent").doesNotContain("TRC-");
            WeavingContract.assertAllOk(run);
        }
    }

    private Map<String, IClassCoverage> coverage(Path executed, Path analyzed) throws IOException {
        ExecFileLoader loader = new ExecFileLoader();
        loader.load(executed.toFile());
        CoverageBuilder builder = new CoverageBuilder();
        Analyzer analyzer = new Analyzer(loader.getExecutionDataStore(), builder);
        try (Stream<Path> all = Files.walk(analyzed)) {
            for (Path each :
                    all.filter(file -> file.toString().endsWith(".class")).toList()) {
                analyzer.analyzeAll(new ByteArrayInputStream(Files.readAllBytes(each)), each.toString());
            }
        }
        assertThat(builder.getNoMatchClasses()).isEmpty();
        Map<String, IClassCoverage> coverage = new TreeMap<>();
        builder.getClasses().forEach(each -> coverage.put(each.getName(), each));
        return coverage;
    }

    /** Lines and branches, covered and missed. */
    private static Map<String, String> figures(Map<String, IClassCoverage> coverage) {
        Map<String, String> figures = new TreeMap<>();
        coverage.forEach((name, each) -> figures.put(
                name,
                each.getLineCounter().getCoveredCount()
                        + "/"
                        + each.getLineCounter().getTotalCount()
                        + " lines "
                        + each.getBranchCounter().getCoveredCount()
                        + "/"
                        + each.getBranchCounter().getTotalCount()
                        + " branches"));
        return figures;
    }

    /** JaCoCo is there first, always: it comes with the command line. */
    @ParameterizedTest
    @MethodSource("jdks")
    void jacocoBelowASelfAttachedWeaver_countsTheLinesAndBranchesOfEveryClassAsWithoutUs(Jdk jdk) throws Exception {
        Map<String, String> plain = covered(jdk, true, false);
        Path executed = temporary.resolve("self-attached.exec");
        List<Path> path = new ArrayList<>(List.of(classes));
        path.addAll(WeavingContract.libraries());
        path.addAll(Program.placesOf(ClassReader.class, ByteBuddyAgent.class));
        Program.Run run = new Program(jdk)
                .with("-javaagent:" + AGENTS.resolve("org.jacoco.agent-runtime.jar") + "=destfile=" + executed)
                .with("-Djdk.attach.allowAttachSelf=true", "-XX:+EnableDynamicAgentLoading")
                .path("-cp", path)
                .with(ContractApp.class.getName(), "install")
                .run();
        WeavingContract.assertAllOk(run);
        Map<String, String> ours = figures(coverage(executed, classes));
        assertThat(withoutTheProgram(ours)).isNotEmpty().isEqualTo(withoutTheProgram(plain));
    }

    private Map<String, String> covered(Jdk jdk, boolean jacocoFirst, boolean weaving) throws Exception {
        Path executed = temporary.resolve("jacoco.exec");
        Files.deleteIfExists(executed);
        String theirs = "-javaagent:" + AGENTS.resolve("org.jacoco.agent-runtime.jar") + "=destfile=" + executed;
        List<String> options = new ArrayList<>(List.of(theirs));
        if (weaving) {
            options.add(jacocoFirst ? 1 : 0, OURS);
        }
        Program.Run run = run(jdk, options.toArray(String[]::new));
        assertThat(run.exit()).as(run.err()).isZero();
        if (weaving) {
            WeavingContract.assertAllOk(run);
        }
        return figures(coverage(executed, classes));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void jacoco_countsTheLinesAndBranchesOfEveryClassAsWithoutUs(boolean jacocoFirst) throws Exception {
        for (Jdk jdk : jdks()) {
            Map<String, String> ours = covered(jdk, jacocoFirst, true);
            Map<String, String> plain = covered(jdk, jacocoFirst, false);
            // The program itself judges, and so takes other paths where nothing is traced.
            assertThat(withoutTheProgram(ours)).isNotEmpty().isEqualTo(withoutTheProgram(plain));
        }
    }

    private static Map<String, String> withoutTheProgram(Map<String, String> figures) {
        Map<String, String> guests = new TreeMap<>(figures);
        guests.keySet().removeIf(name -> name.contains("ContractApp") || name.endsWith("/Asking"));
        return guests;
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void jacocoOnBuildWovenClasses_countsNoMoreLinesAndBranches(Jdk jdk) throws Exception {
        Map<String, String> plain = covered(jdk, true, false);
        BuildTimeIT.weave(classes);
        Map<String, String> woven = covered(jdk, true, false);
        assertThat(withoutTheProgram(woven)).isNotEmpty().isEqualTo(withoutTheProgram(plain));
    }
}
