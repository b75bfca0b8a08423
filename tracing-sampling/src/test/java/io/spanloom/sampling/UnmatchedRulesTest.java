package io.spanloom.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.spanloom.Diagnosis.Finding;
import io.spanloom.Diagnosis.Level;
import io.spanloom.spi.Findings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Codes are said once a minute per process: so it is the sentences that are looked at, as information. */
class UnmatchedRulesTest {

    private static UnmatchedRules watching(String rules) {
        return new UnmatchedRules(RuleSet.local(Rules.read(rules)), Rules.SERVICE, false);
    }

    private static List<String> saidAfter(int roots, UnmatchedRules watch, Question question) {
        try (Said said = new Said()) {
            for (int i = 0; i < roots; i++) {
                watch.saw(question);
            }
            return said.lines();
        }
    }

    @Test
    void ruleForAnotherService_isSaidAtTheFirstRoot() {
        UnmatchedRules watch =
                new UnmatchedRules(RuleSet.local(RuleFile.read("classpath:xray.json")), Rules.SERVICE, false);

        assertThat(saidAfter(2, watch, Rules.get("/")))
                .containsExactly("INFO rule Cruddur: 0 matches; services seen: backend-java"
                        + " (the rule's ServiceName is backend-flask)");
    }

    @Test
    void ruleThatNoRequestMatches_isSaidOnceAfterManyRoots() {
        UnmatchedRules watch = watching(Rules.rule("posts", 1, 1, 0, "HTTPMethod", "POST"));

        assertThat(saidAfter(UnmatchedRules.ROOTS - 1, watch, Rules.get("/"))).isEmpty();
        assertThat(saidAfter(UnmatchedRules.ROOTS, watch, Rules.get("/")))
                .containsExactly("INFO rule posts: 0 matches; methods seen: GET (the rule's HTTPMethod is POST)");
    }

    @Test
    void ruleForAnotherService_whereRequestsNameTheService_isSaidAfterManyRoots() {
        Question.Service named = new Question.Service("backend-java", null, null, true);
        UnmatchedRules watch = new UnmatchedRules(
                RuleSet.local(Rules.read(Rules.rule("flask", 1, 1, 0, "ServiceName", "*flask"))), named, false);
        Question question = Question.of(
                named, new io.spanloom.spi.SamplingRequest("GET", "a.gitpod.io", "/").servedBy("a.gitpod.io"));

        assertThat(saidAfter(1, watch, question)).isEmpty();
        assertThat(saidAfter(UnmatchedRules.ROOTS, watch, question))
                .containsExactly("INFO rule flask: 0 matches; services seen: a.gitpod.io, backend-java"
                        + " (the rule's ServiceName is *flask)");
    }

    @Test
    void ruleThatMatches_isNotSaid() {
        RulesSampler sampler = Rules.sampler(Rules.rule("gets", 1, 1, 0, "HTTPMethod", "GET"), new TestClock());
        try (Said said = new Said()) {
            for (int i = 0; i < UnmatchedRules.ROOTS; i++) {
                sampler.decide(Rules.get("/"));
            }
            assertThat(said.lines()).isEmpty();
        }
    }

    @Test
    void doctor_isToldWhatEachRuleDecidedAndWhyOthersDidNot() {
        RulesSampler sampler = Rules.sampler(
                "[" + Rules.rule("posts", 1, 1, 0, "HTTPMethod", "POST") + ","
                        + Rules.rule("gets", 2, 1, 0, "HTTPMethod", "GET") + ","
                        + Rules.rule("theirs", 3, 1, 0, "ServiceName", "backend-flask") + "]",
                new TestClock());

        assertThat(told(sampler)).extracting(Finding::level).containsOnly(Level.NOTE);
        sampler.decide(Rules.get("/"));
        sampler.decide(Rules.get("/"));
        String posts = "rule posts: 0 matches; methods seen: GET (the rule's HTTPMethod is POST) ";
        assertThat(told(sampler))
                .extracting(Finding::level, Finding::text)
                .contains(
                        tuple(Level.OK, "rule gets: 2 new traces, 2 recorded"),
                        tuple(Level.NOTE, posts + "(2 new traces so far)"));
        assertThat(problems(sampler)).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("TRC-220");
            assertThat(finding.text()).startsWith("rule theirs: 0 matches; services seen: backend-java");
        });
        for (int i = 2; i < UnmatchedRules.ROOTS; i++) {
            sampler.decide(Rules.get("/"));
        }
        assertThat(problems(sampler)).extracting(Finding::text).contains(posts + "(1000 or more new traces so far)");
    }

    private static List<Finding> told(RulesSampler sampler) {
        Findings findings = new Findings();
        sampler.check(findings);
        return findings.list();
    }

    private static List<Finding> problems(RulesSampler sampler) {
        return told(sampler).stream()
                .filter(finding -> finding.level() == Level.PROBLEM)
                .toList();
    }

    @Test
    void valuesOfRequests_areShownWithoutControlCharactersAndCut() {
        UnmatchedRules watch = watching(Rules.rule("posts", 1, 1, 0, "URLPath", "/never"));
        Question forging = Rules.get("/a\nINFO all is well " + "x".repeat(1_000));

        assertThat(saidAfter(UnmatchedRules.ROOTS, watch, forging))
                .singleElement()
                .asString()
                .contains("paths seen: /a?INFO?all?is?well?xx")
                .hasSizeLessThan(200);
    }
}
