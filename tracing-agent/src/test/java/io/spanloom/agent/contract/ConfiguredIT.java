package io.spanloom.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.xray.spring.aop.XRayEnabled;
import io.micrometer.common.annotation.ValueResolver;
import io.micrometer.observation.annotation.Observed;
import io.micrometer.tracing.annotation.NewSpan;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.jar.asm.ClassReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import shop.ShopApp;

/** What {@code tracing.weave} says, by {@code tracing.properties} in the application: the same however it is woven. */
class ConfiguredIT {

    private static final String FOREIGN = "tracing.weave.foreign = otel, xray, powertools, micrometer\n";
    private static final String RULES =
            "tracing.weave.include = shop.Stock {sku = item.sku, metadata left = result.pieces,"
                    + " pieces = arg1}, shop.Stock#kept\ntracing.weave.exclude = **#refill\n";

    private static final List<String> OF_FOREIGNERS = List.of(
            "span named CLIENT OK root {} {}",
            "span Foreigner.plain INTERNAL OK root {order_id=o-1, tries=2} {}",
            "span Foreigner.fails INTERNAL FAULT root {} {}",
            "span counted INTERNAL OK child {} {ClassInfo={Class=\"Foreigner\"}}",
            "span ## handled INTERNAL OK child {} {greeting={handled response=\"handled\"}}",
            "span custom INTERNAL OK child {} {Greeter={custom response=7}}",
            "span root INTERNAL OK root {class=Foreigner, method=goOn, step=two} {}",
            "span looking INTERNAL OK root {class=shop.Foreigner, method=observed, region=eu} {}",
            "span Foreigner#unnamed INTERNAL OK root {class=shop.Foreigner, method=unnamed} {}",
            "span charge-card INTERNAL OK root {card=visa, class=Foreigner, method=chargeCard} {}",
            "span go-on INTERNAL OK root {class=Foreigner, method=goOn, step=one} {}");

    private static final List<String> OF_RULES = List.of(
            "span Stock.kept INTERNAL OK child {} {}",
            "span Stock.take INTERNAL OK root {pieces=2, sku=sku-1} {default={left=3}}");

    private enum Mode {
        BUILD_TIME,
        JAVAAGENT,
        SELF_ATTACHED
    }

    @TempDir
    Path temporary;

    private Path classes;

    @BeforeEach
    void copyTheProgram() throws IOException {
        classes = Files.createDirectories(temporary.resolve("classes"));
        Path shop = Files.createDirectories(classes.resolve("shop"));
        Path folder = Program.placesOf(ShopApp.class).get(0).resolve("shop");
        try (Stream<Path> all = Files.list(folder)) {
            for (Path each : all.toList()) {
                Files.copy(each, shop.resolve(each.getFileName()));
            }
        }
    }

    private static Stream<Arguments> everywhere() {
        return Jdk.all().stream().flatMap(jdk -> Stream.of(Mode.values()).map(mode -> Arguments.of(jdk, mode)));
    }

    private void configure(String properties) throws IOException {
        Files.writeString(classes.resolve("tracing.properties"), properties);
    }

    private Program.Run run(Jdk jdk, Mode mode, List<String> options, String... orders) throws Exception {
        if (mode == Mode.BUILD_TIME) {
            BuildTimeIT.weave(classes);
        }
        List<Path> path = new ArrayList<>(List.of(classes));
        path.addAll(WeavingContract.libraries());
        path.addAll(Program.placesOf(
                WithSpan.class,
                SpanKind.class,
                XRayEnabled.class,
                software.amazon.lambda.powertools.tracing.Tracing.class,
                Observed.class,
                ValueResolver.class,
                NewSpan.class));
        List<String> all = new ArrayList<>(List.of(orders));
        Program program = new Program(jdk).with(options.toArray(String[]::new));
        if (mode == Mode.JAVAAGENT) {
            program.with("-javaagent:" + WeavingContract.AGENT);
        } else if (mode == Mode.SELF_ATTACHED) {
            program.with("-Djdk.attach.allowAttachSelf=true");
            path.addAll(Program.placesOf(ClassReader.class, ByteBuddyAgent.class));
            all.add("install");
        }
        return program.environment("POWERTOOLS_SERVICE_NAME", "greeting")
                .path("-cp", path)
                .with(ShopApp.class.getName())
                .with(all.toArray(String[]::new))
                .run();
    }

    private static List<String> spans(Program.Run run) {
        assertThat(run.exit()).as(run.err()).isZero();
        return run.out().lines().filter(line -> line.startsWith("span ")).toList();
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void annotationsOfOthers_giveTheSpansThatTheyGiveThere(Jdk jdk, Mode mode) throws Exception {
        configure(FOREIGN);
        Program.Run run = run(jdk, mode, List.of());
        assertThat(spans(run)).as(run.err()).isEqualTo(OF_FOREIGNERS);
        assertThat(run.out()).contains("thrown: expected");
        assertThat(run.err()).doesNotContain("TRC-");
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void methodsOfIncludedClasses_areTracedWithTheirCaptures(Jdk jdk, Mode mode) throws Exception {
        configure(RULES);
        Program.Run run = run(jdk, mode, List.of());
        List<String> spans = new ArrayList<>(spans(run));
        assertThat(spans.remove("span root INTERNAL OK root {} {}")).isTrue(); // by hand
        assertThat(spans).as(run.err()).isEqualTo(OF_RULES);
        assertThat(run.out()).contains("left: 5");
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void nothingConfigured_isNothingTraced(Jdk jdk, Mode mode) throws Exception {
        Program.Run run = run(jdk, mode, List.of());
        assertThat(spans(run)).containsExactly("span root INTERNAL OK root {} {}");
        assertThat(run.err()).doesNotContain("spanloom: woven").doesNotContain("TRC-");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void openTelemetryAgentWithTheSameAnnotations_isSaidOnceWithWhatToDo(Mode mode) throws Exception {
        Jdk jdk = Jdk.all().get(0);
        configure(FOREIGN);
        Path agent =
                Path.of(System.getProperty("other.agents", "target/agents")).resolve("opentelemetry-javaagent.jar");
        List<String> options = new ArrayList<>(List.of("-javaagent:" + agent));
        for (String signal : List.of("traces", "metrics", "logs")) {
            options.add("-Dotel." + signal + ".exporter=none");
        }
        Program.Run run = run(jdk, mode, options);
        assertThat(spans(run)).isEqualTo(OF_FOREIGNERS);
        assertThat(run.err())
                .containsOnlyOnce("TRC-073")
                .contains("-Dotel.instrumentation.opentelemetry-instrumentation-annotations.enabled=false");
        options.add("-Dotel.instrumentation.opentelemetry-instrumentation-annotations.enabled=false");
        assertThat(run(jdk, mode, options).err()).doesNotContain("TRC-073");
    }

    @Test
    void explanation_namesTheAnnotationAndTheRule() throws Exception {
        configure(FOREIGN + RULES);
        for (Mode mode : List.of(Mode.JAVAAGENT, Mode.SELF_ATTACHED)) {
            String out = run(Jdk.all().get(0), mode, List.of(), "explain").out();
            assertThat(out)
                    .contains("plain(String, int): woven (")
                    .contains("; by @WithSpan")
                    .contains("take(Item, int): woven (")
                    .contains("; included by 'shop.Stock {sku = item.sku, ")
                    .contains("refill(Item): not woven: excluded by '**#refill' (")
                    .contains(", 2 by tracing.weave.include, 10 by tracing.weave.foreign");
        }
    }

    @Test
    void wrongRule_isSaidAndNothingIsIncluded() throws Exception {
        configure(FOREIGN);
        Program.Run run =
                run(Jdk.all().get(0), Mode.JAVAAGENT, List.of("-Dtracing.weave.include=shop.Stock#take(Item"));
        assertThat(spans(run)).containsExactly("span root INTERNAL OK root {} {}");
        assertThat(run.err())
                .containsOnlyOnce("TRC-070")
                .contains("tracing.weave.include (system property tracing.weave.include): it ends where a comma or ')'")
                .contains("    shop.Stock#take(Item\n                        ^\n  allowed: ");
    }

    @Test
    void wrongRule_failsTheBuild() throws Exception {
        configure("tracing.weave.include = Stock");
        assertThatThrownBy(() -> BuildTimeIT.weave(classes))
                .hasStackTraceContaining("TRC-070: tracing.weave.include (")
                .hasStackTraceContaining("'Stock' has no package; '**.Stock' means it in any");
    }

    @Test
    void ruleThatMeetsNothing_isSaidWhenTheProgramEnds() throws Exception {
        configure("tracing.weave.include = shop.Stok\n");
        Program.Run run = run(Jdk.all().get(0), Mode.JAVAAGENT, List.of());
        assertThat(run.err())
                .containsOnlyOnce("TRC-071")
                .contains("the rule 'shop.Stok' (file:")
                .contains("has met no method so far; the nearest class is shop.Stock");
    }

    @Test
    void limit_isSaidWithWhatItLeavesOut() throws Exception {
        configure(RULES);
        Program.Run run = run(Jdk.all().get(0), Mode.JAVAAGENT, List.of("-Dtracing.weave.include.max=1"));
        assertThat(spans(run)).hasSize(2); // root by hand, and one
        assertThat(run.err()).containsOnlyOnce("TRC-072").contains("1 methods more than tracing.weave.include.max = 1");
    }

    @Test
    void explainOfAFolder_readsItsConfiguration() throws Exception {
        configure(FOREIGN + RULES + "\n");
        Program.Run run = new Program(Jdk.all().get(0))
                .with("-jar", WeavingContract.AGENT.toString(), "explain", classes.toString())
                .run();
        assertThat(run.out())
                .contains("plain(String, int): not woven: no weaver has seen this file yet")
                .contains("; by @WithSpan")
                .contains("; included by 'shop.Stock {")
                .contains("12 for a weaver to weave");
    }
}
