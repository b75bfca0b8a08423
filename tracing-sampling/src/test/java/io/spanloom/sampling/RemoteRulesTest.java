package io.spanloom.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules and targets of the service, in a time that the tests pass. */
class RemoteRulesTest {

    private final TestClock clock = new TestClock();
    private StandIn daemon;
    private RemoteRules remote;
    private RemoteSampler sampler;

    @BeforeEach
    void start() throws IOException {
        daemon = new StandIn();
        remote = new RemoteRules(daemon.client(), clock, () -> 0.5);
        RulesSampler fallback =
                new RulesSampler("fallback", RuleSet.local(List.of(RuleSet.BUILT_IN)), Rules.SERVICE, clock, () -> 0.5);
        sampler = new RemoteSampler(remote, fallback, Rules.SERVICE, clock, () -> 0.5, "remote");
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private io.spanloom.spi.SamplingDecision ask() {
        return sampler.decide(io.spanloom.SpanSpec.named("work"), null);
    }

    private void pollAfterSeconds(int seconds) {
        clock.passMillis(seconds * 1000L);
        remote.poll();
    }

    @Test
    void beforeTheFirstRules_theFallbackDecides() {
        assertThat(ask().rule()).isEqualTo("Default");
        assertThat(ask().sampled()).isFalse();
    }

    @Test
    void daemonThatStartsLater_isFoundSoon() {
        daemon.status(503);
        remote.poll();
        daemon.status(200);
        daemon.rules(Rules.rule("all", 1, 1, 0));
        pollAfterSeconds(11);

        assertThat(ask().rule()).isEqualTo("all");
    }

    @Test
    void rules_decideOnceTheyAreFetched() {
        daemon.rules(Rules.rule("all", 1, 1, 0));
        remote.poll();

        assertThat(daemon.asked).containsExactly("/GetSamplingRules {\"NextToken\":null}");
        assertThat(ask().rule()).isEqualTo("all");
        assertThat(ask().sampled()).isTrue();
    }

    @Test
    void pagesOfRules_areAllFetched() {
        daemon.answers(
                        "/GetSamplingRules",
                        "{'SamplingRuleRecords':[{'SamplingRule':" + Rules.rule("a", 2, 1, 0)
                                + "}],'NextToken':'x\\\\y'}")
                .answers(
                        "/GetSamplingRules {\"NextToken\":\"x\\\\y\"}",
                        "{'SamplingRuleRecords':[{'SamplingRule':" + Rules.rule("b", 1, 1, 0) + "}]}");
        remote.poll();

        assertThat(remote.fresh()).isNotNull();
        assertThat(java.util.Objects.requireNonNull(remote.fresh()).rules())
                .extracting(rule -> rule.rule.name())
                .containsExactly("b", "a");
    }

    @Test
    void counts_areReportedAndTheQuotaIsUsed() {
        daemon.rules(Rules.rule("r", 1, 0, 50));
        remote.poll();
        assertThat(ask().sampled()).isTrue(); // borrowed
        assertThat(ask().sampled()).isFalse();
        daemon.answers(
                "/SamplingTargets",
                "{'SamplingTargetDocuments':[{'RuleName':'r','FixedRate':0,'ReservoirQuota':2,'ReservoirQuotaTTL':"
                        + (clock.epochSeconds() + 60) + ",'Interval':10}],'UnprocessedStatistics':[]}");
        pollAfterSeconds(11);

        assertThat(daemon.asked("/SamplingTargets"))
                .singleElement()
                .asString()
                .matches(
                        "/SamplingTargets \\{\"SamplingStatisticsDocuments\":\\[\\{\"RuleName\":\"r\",\"ClientID\":\"[0-9a-f]{24}\","
                                + "\"Timestamp\":1700000011,\"RequestCount\":2,\"SampledCount\":0,\"BorrowCount\":1}]}");
        assertThat(Stream.generate(() -> ask().sampled()).limit(3)).containsExactly(true, true, false);
    }

    @Test
    void ruleThatSawNothing_isNotReported() {
        daemon.rules(Rules.rule("r", 1, 0, 50));
        remote.poll();
        pollAfterSeconds(11);

        assertThat(daemon.asked("/SamplingTargets")).isEmpty();
    }

    @Test
    void intervalOfATarget_isKept() {
        daemon.rules(Rules.rule("r", 1, 0, 50))
                .answers("/SamplingTargets", "{'SamplingTargetDocuments':[{'RuleName':'r','Interval':60}]}");
        remote.poll();
        for (int i = 0; i < 12; i++) {
            ask();
            pollAfterSeconds(11);
        }

        assertThat(daemon.asked("/SamplingTargets")).hasSize(3);
    }

    @Test
    void countsThatCouldNotBeReported_areReportedNextTime() {
        daemon.rules(Rules.rule("r", 1, 1, 0));
        remote.poll();
        ask();
        daemon.status(503);
        pollAfterSeconds(11);
        ask();
        daemon.status(200);
        daemon.answers("/SamplingTargets", "{}");
        pollAfterSeconds(11);

        assertThat(daemon.asked("/SamplingTargets")).hasSize(2);
        assertThat(daemon.asked("/SamplingTargets").get(1)).contains("\"RequestCount\":2,\"SampledCount\":2");
    }

    @Test
    void countsThatTheServiceFailedOn_areReportedAgain_thoseItRefusedAreNot() {
        daemon.rules(Rules.rule("a", 1, 1, 0, "HTTPMethod", "GET"), Rules.rule("b", 2, 1, 0))
                .answers(
                        "/SamplingTargets",
                        "{'UnprocessedStatistics':[{'RuleName':'a','ErrorCode':'500'},{'RuleName':'b','ErrorCode':'400'}]}");
        remote.poll();
        sampler.decide(io.spanloom.SpanSpec.named("work"), new io.spanloom.spi.SamplingRequest("GET", null, null));
        ask();
        pollAfterSeconds(11);
        daemon.answers("/SamplingTargets", "{}");
        pollAfterSeconds(11);

        assertThat(daemon.asked("/SamplingTargets").get(1))
                .contains("\"RuleName\":\"a\"")
                .doesNotContain("\"b\"");
    }

    @Test
    void moreThan25Rules_areReportedInSeveralParts() {
        String[] rules = new String[30];
        for (int i = 0; i < 30; i++) {
            rules[i] = Rules.rule("r" + i, i + 1, 1, 0, "HTTPMethod", "M" + i);
        }
        daemon.rules(rules).answers("/SamplingTargets", "{}");
        remote.poll();
        for (int i = 0; i < 30; i++) {
            sampler.decide(
                    io.spanloom.SpanSpec.named("work"), new io.spanloom.spi.SamplingRequest("M" + i, null, null));
        }
        pollAfterSeconds(11);

        assertThat(daemon.asked("/SamplingTargets")).hasSize(2);
        assertThat(daemon.asked("/SamplingTargets").get(0).split("RuleName")).hasSize(26);
    }

    @Test
    void daemonThatIsGone_leavesTheRulesInForceForAnHour() {
        daemon.rules(Rules.rule("all", 1, 1, 0));
        remote.poll();
        daemon.close();

        pollAfterSeconds(3_000);
        assertThat(ask().rule()).isEqualTo("all");
        pollAfterSeconds(601);
        assertThat(ask().rule()).isEqualTo("Default");
    }

    @Test
    void calendarThatJumps_neitherExpiresRulesNorStopsPolling() {
        daemon.rules(Rules.rule("all", 1, 1, 0));
        remote.poll();

        clock.jumpSeconds(86_400);
        assertThat(ask().rule()).isEqualTo("all");
        clock.jumpSeconds(-2 * 86_400);
        assertThat(ask().rule()).isEqualTo("all");
        pollAfterSeconds(306);
        assertThat(daemon.asked("/GetSamplingRules")).hasSize(2);
    }

    @Test
    void rulesThatHaveChanged_areFetchedAtOnceAndKeepTheirCounts() {
        daemon.rules(Rules.rule("r", 1, 1, 0))
                .answers("/SamplingTargets", "{'LastRuleModification':" + (clock.epochSeconds() + 5) + "}");
        remote.poll();
        ask();
        pollAfterSeconds(11);
        ask();
        daemon.rules(Rules.rule("r", 1, 0, 0));

        assertThat(remote.poll()).isPositive();
        assertThat(daemon.asked("/GetSamplingRules")).hasSize(2);
        assertThat(ask().sampled()).isFalse();
        pollAfterSeconds(11);
        assertThat(daemon.asked("/SamplingTargets").get(1)).contains("\"RequestCount\":2,\"SampledCount\":1");
    }

    @Test
    void rulesThatChangedInTheSecondOfTheirFetch_areFetchedAgain() {
        daemon.rules(Rules.rule("r", 1, 1, 0))
                .answers("/SamplingTargets", "{'LastRuleModification':" + Math.floor(clock.epochSeconds()) + "}");
        remote.poll();
        ask();
        pollAfterSeconds(11);
        pollAfterSeconds(1);
        assertThat(daemon.asked("/GetSamplingRules")).hasSize(2);
        ask();
        pollAfterSeconds(11);

        assertThat(daemon.asked("/SamplingTargets")).hasSize(2);
        assertThat(daemon.asked("/GetSamplingRules")).hasSize(2);
    }

    @Test
    void ruleThatCannotBeRead_leavesTheOthersInForce() {
        daemon.rules("{'RuleName':'broken','Priority':1,'FixedRate':2,'ReservoirSize':0}", Rules.rule("all", 2, 1, 0));
        remote.poll();

        assertThat(ask().rule()).isEqualTo("all");
    }

    @Test
    void rulesOfWhichNoneMatches_leaveTheDecisionToTheFallback() {
        daemon.rules(Rules.rule("other", 1, 1, 0, "ServiceName", "other"));
        remote.poll();

        assertThat(ask().rule()).isEqualTo("Default");
    }

    @Test
    void quotaThatIsOverWhenItArrives_isNotUsed() {
        daemon.rules(Rules.rule("r", 1, 0, 50));
        remote.poll();
        ask();
        daemon.answers(
                "/SamplingTargets",
                "{'SamplingTargetDocuments':[{'RuleName':'r','ReservoirQuota':9,'ReservoirQuotaTTL':1}]}");
        pollAfterSeconds(11);

        assertThat(Stream.generate(() -> ask().sampled()).limit(2)).containsExactly(true, false);
    }

    static List<Path> answers() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/corpus/answers"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void strangeAnswer_changesNothingAndThrowsNothing(Path seed) throws IOException {
        byte[] answer = Files.readAllBytes(seed);
        daemon.answers("/GetSamplingRules", answer);
        remote.poll();
        assertThat(ask()).isNotNull();

        daemon.rules(Rules.rule("all", 1, 1, 0)).answers("/SamplingTargets", answer);
        pollAfterSeconds(306);
        ask();
        pollAfterSeconds(11);
        assertThat(ask().rule()).isEqualTo("all");
    }
}
