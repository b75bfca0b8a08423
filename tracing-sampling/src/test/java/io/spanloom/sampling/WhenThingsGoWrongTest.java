package io.spanloom.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.TracingConfigException;
import io.spanloom.spi.SaidBefore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/when-things-go-wrong.md shows of sampling is what is said, word by word. */
class WhenThingsGoWrongTest {

    private final TestClock clock = new TestClock();

    @TempDir
    Path folder;

    private static void assertIsDocumented(String line) throws IOException {
        assertThat(Files.readString(Path.of("../docs/when-things-go-wrong.md"))).contains("`" + line + "`");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'SamplingRule': {'RuleName': 'Cruddur', 'Priority': 9000, 'FixedRate': 7, 'ReservoirSize': 5}}",
                "{'SamplingRule': {'RuleName': 'Cruddur', 'Priority': 9000, 'FixdRate': 0.1, 'ReservoirSize': 5}}",
                "{'version': 2, 'rules': [], 'default': {'fixed_target': 1}}",
                "{'SamplingRule': {'RuleName': 'Cruddur',",
            })
    void fileOfRules_thatIsWrong_isDocumented(String json) throws Exception {
        Path file = Files.writeString(folder.resolve("xray.json"), json.replace('\'', '"'));
        TracingConfig config = TracingConfig.builder()
                .alone()
                .backend("log")
                .set(TracingConfig.SAMPLING_RULES, file.toString())
                .build();

        TracingConfigException refused =
                catchThrowableOfType(TracingConfigException.class, () -> Tracing.reconfigure(config));

        assertIsDocumented("ERROR TRC-002: tracing is off: "
                + String.valueOf(refused.getMessage())
                        .replace(file.toString(), "/app/xray.json")
                        .replace(
                                "It comes from code",
                                "It comes from tracing.properties (file:/app/tracing.properties)"));
    }

    /** What is said while the daemon answers so. */
    private List<String> saidOf(StandIn daemon) {
        RemoteRules remote = new RemoteRules(daemon.client(), clock, () -> 0.5);
        RulesSampler fallback =
                new RulesSampler("fallback", RuleSet.local(List.of(RuleSet.BUILT_IN)), Rules.SERVICE, clock, () -> 0.5);
        String address = daemon.client().toString();
        SaidBefore.forget();
        try (Said said = new Said();
                RemoteSampler sampler =
                        new RemoteSampler(remote, fallback, Rules.SERVICE, clock, () -> 0.5, "remote")) {
            for (int i = 0; i < 2; i++) {
                remote.poll();
                assertThat(sampler.decide(SpanSpec.named("work"), null)).isNotNull();
                clock.passMillis(11_000);
            }
            return said.lines().stream()
                    .filter(line -> line.startsWith("WARN TRC-22"))
                    .map(line -> line.replaceFirst(" - see docs/.*", "").replace(address, "127.0.0.1:2000"))
                    .toList();
        }
    }

    @Test
    void daemonThatRefuses_isDocumented() throws Exception {
        try (StandIn daemon = new StandIn()) {
            daemon.status(403);

            assertIsDocumented(saidOf(daemon).get(0));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"<html>who are you?</html>", "{'Rules':[]}", "{'SamplingRuleRecords':[]}"})
    void answerThatIsNone_isDocumented(String answer) throws Exception {
        try (StandIn daemon = new StandIn().answers("/GetSamplingRules", answer)) {
            assertIsDocumented(saidOf(daemon).get(0));
        }
    }

    @Test
    void ruleOfTheServiceThatCannotBeRead_isDocumented() throws Exception {
        try (StandIn daemon = new StandIn()
                .rules(Rules.rule("broken", 1, 7, 0), Rules.rule("Default", 10_000, 0, 1))
                .answers("/SamplingTargets", "{}")) {
            assertIsDocumented(saidOf(daemon).get(0));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'SamplingTargetDocuments':[{'RuleName':'Cruddur','FixedRate':7}]}",
                "{'UnprocessedStatistics':[{'RuleName':'Cruddur','ErrorCode':'500','Message':'try again'}]}",
            })
    void targetThatCannotBeRead_isDocumented(String answer) throws Exception {
        try (StandIn daemon =
                new StandIn().rules(Rules.rule("Cruddur", 1, 0, 1)).answers("/SamplingTargets", answer)) {
            assertIsDocumented(saidOf(daemon).get(0));
        }
    }

    @Test
    void daemonThatIsNotThere_isDocumented() throws Exception {
        StandIn gone = new StandIn();
        gone.close();

        assertIsDocumented(saidOf(gone).get(0));
    }

    @Test
    void ruleThatNeverMatches_isDocumented() throws Exception {
        SaidBefore.forget();
        try (Said said = new Said()) {
            RulesSampler sampler = new RulesSampler(
                    "rules", RuleSet.local(RuleFile.read("classpath:xray.json")), Rules.SERVICE, clock, () -> 0.5);
            sampler.decide(Rules.get("/"));

            assertIsDocumented(said.lines().get(0).replaceFirst(" - see docs/.*", ""));
        }
    }
}
