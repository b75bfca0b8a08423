package io.spanloom.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.strategy.sampling.GetSamplingRulesResponse;
import com.amazonaws.xray.strategy.sampling.GetSamplingTargetsRequest.SamplingStatisticsDocument;
import com.amazonaws.xray.strategy.sampling.GetSamplingTargetsResponse.SamplingTargetDocument;
import com.amazonaws.xray.strategy.sampling.LocalizedSamplingStrategy;
import com.amazonaws.xray.strategy.sampling.SamplingRequest;
import com.amazonaws.xray.strategy.sampling.manifest.CentralizedManifest;
import com.amazonaws.xray.strategy.sampling.rule.CentralizedRule;
import io.spanloom.spi.Glob;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The X-Ray SDK's own samplers and ours on the same stream of requests, with the same random numbers. */
class BesideTheSdkTest {

    private static final String[] PATTERNS = {
        "*", "", "a", "A", "a*", "*a", "*a*", "?", "a?", "*?b", "ab", "a*b*", "**", "/a/*", "/?/b", "GET", "get"
    };
    private static final String[] TEXTS = {
        "", "a", "A", "b", "ab", "AB", "aab", "abb", "/a/b", "/a/", "/A/B", "get", "GET", "ba", "xaxbx"
    };

    private final Random random = new Random(7);
    private final TestClock clock = new TestClock();

    private String any(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Every second one matches everything, or next to nothing would match all of a rule's. */
    private String pattern() {
        return random.nextBoolean() ? "*" : any(PATTERNS);
    }

    @Test
    void matching_isTheSameFor50_000Requests() {
        Instant now = Instant.ofEpochSecond(clock.epochSeconds());
        int matched = 0;
        for (int round = 0; round < 500; round++) {
            List<SamplingRule> rules = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                rules.add(new SamplingRule(
                        "r" + i,
                        1 + random.nextInt(3),
                        1,
                        0,
                        Glob.of(pattern()),
                        Glob.of(pattern()),
                        Glob.ANY,
                        Glob.of(pattern()),
                        Glob.of(pattern()),
                        Glob.of(pattern()),
                        Map.of()));
            }
            rules.add(SamplingRule.forAll(SamplingRule.DEFAULT, 10_000, 0, 0));
            List<SamplingRule> shuffled = new ArrayList<>(rules);
            Collections.shuffle(shuffled, random);
            // A new one each time: theirs keeps its old order where the last rule in the list is one that it knows.
            CentralizedManifest theirs = new CentralizedManifest();
            theirs.putRules(shuffled.stream().map(BesideTheSdkTest::theirs).toList(), now);
            rules.sort(RuleSet.ORDER);
            RuleSet ours = RuleSet.local(rules);
            for (int i = 0; i < 100; i++) {
                String service = any(TEXTS);
                String host = any(TEXTS);
                String path = any(TEXTS);
                String method = any(TEXTS);
                String type = any(TEXTS);
                String expected = theirs.match(
                                new SamplingRequest("", null, service, host, method, path, type, Map.of()), now)
                        .sample(now)
                        .getRuleName()
                        .orElseThrow();
                ActiveRule found = Objects.requireNonNull(ours.match(new Question(
                        new Question.Service(service, type, null),
                        new io.spanloom.spi.SamplingRequest(method, host, path))));

                assertThat(found.rule.name()).isEqualTo(expected);
                matched += expected.equals("Default") ? 0 : 1;
            }
        }
        assertThat(matched).isGreaterThan(5_000); // or it would prove nothing
    }

    @Test
    void decisionsAndStatistics_areTheSameFor20_000Requests() {
        double[] number = new double[1];
        for (int round = 0; round < 20; round++) {
            SamplingRule rule = SamplingRule.forAll("r", 1, random.nextInt(11) / 10.0, random.nextInt(4));
            CentralizedRule theirs = new CentralizedRule(theirs(rule), () -> number[0]);
            ActiveRule ours = ActiveRule.remote(rule);
            for (int i = 0; i < 1_000; i++) {
                clock.passMillis(random.nextInt(400));
                Instant now = Instant.ofEpochMilli(clock.epochMillis());
                if (random.nextInt(100) == 0) {
                    int quota = random.nextInt(5);
                    double rate = random.nextInt(11) / 10.0;
                    long ttl = clock.epochSeconds() + random.nextInt(20);
                    theirs.update(SamplingTargetDocument.create(rate, 10, quota, new Date(ttl * 1000), "r"), now);
                    ours.budget.rate(rate);
                    ours.budget.quota(quota, clock.nanos() + (ttl * 1000 - clock.epochMillis()) * 1_000_000);
                }
                number[0] = random.nextDouble();

                assertThat(ours.decide(clock, number[0]).sampled())
                        .as("round %s, request %s", round, i)
                        .isEqualTo(theirs.sample(now).isSampled());
            }
            SamplingStatisticsDocument expected = theirs.snapshot(new Date(clock.epochMillis()));
            assertThat(ours.budget.takeCounts())
                    .isEqualTo(new Budget.Counts(
                            expected.getRequestCount(), expected.getSampledCount(), expected.getBorrowCount()));
        }
    }

    @Test
    void localRules_areTheSameFor20_000Requests(@TempDir Path folder) throws Exception {
        int sampled = 0;
        for (int round = 0; round < 200; round++) {
            StringBuilder json = new StringBuilder("{\"version\":2,\"rules\":[");
            for (int i = 0; i < 5; i++) {
                json.append(i == 0 ? "" : ",")
                        .append(
                                "{\"host\":\"%s\",\"http_method\":\"%s\",\"url_path\":\"%s\",\"fixed_target\":0,\"rate\":%d}"
                                        .formatted(pattern(), pattern(), pattern(), random.nextInt(2)));
            }
            json.append("],\"default\":{\"fixed_target\":0,\"rate\":0}}");
            Path file = folder.resolve(round + ".json");
            Files.writeString(file, json);
            LocalizedSamplingStrategy theirs =
                    new LocalizedSamplingStrategy(file.toUri().toURL());
            RulesSampler ours = new RulesSampler(
                    "rules",
                    RuleSet.local(RuleFile.rules(json.toString().getBytes(StandardCharsets.UTF_8))),
                    Rules.SERVICE,
                    clock,
                    () -> 0.5);
            for (int i = 0; i < 100; i++) {
                String host = any(TEXTS);
                String path = any(TEXTS);
                String method = any(TEXTS);
                boolean expected = theirs.shouldTrace(new SamplingRequest("s", host, path, method, null))
                        .isSampled();

                assertThat(ours.decide(Rules.question(method, host, path)).sampled())
                        .as("%s for %s %s %s", json, method, host, path)
                        .isEqualTo(expected);
                sampled += expected ? 1 : 0;
            }
        }
        assertThat(sampled).isGreaterThan(1_000);
    }

    /** Up to nine a second; from ten on the SDK spreads them over tenths of a second, which ours does not. */
    @Test
    void localReservoirs_areTheSameFor20_000Requests(@TempDir Path folder) throws Exception {
        int sampled = 0;
        for (int round = 0; round < 100; round++) {
            StringBuilder json = new StringBuilder("{\"version\":2,\"rules\":[");
            for (int i = 0; i < 3; i++) {
                json.append(i == 0 ? "" : ",")
                        .append(
                                "{\"host\":\"%s\",\"http_method\":\"*\",\"url_path\":\"%s\",\"fixed_target\":%d,\"rate\":%d}"
                                        .formatted(pattern(), pattern(), random.nextInt(10), random.nextInt(5) / 4));
            }
            json.append("],\"default\":{\"fixed_target\":%d,\"rate\":0}}".formatted(random.nextInt(10)));
            Path file = folder.resolve(round + ".json");
            Files.writeString(file, json);
            LocalizedSamplingStrategy theirs =
                    new LocalizedSamplingStrategy(file.toUri().toURL());
            List<AtomicLong> seconds = secondsOf(theirs);
            RulesSampler ours = new RulesSampler(
                    "rules",
                    RuleSet.local(RuleFile.rules(json.toString().getBytes(StandardCharsets.UTF_8))),
                    Rules.SERVICE,
                    clock,
                    () -> 0.5);
            for (int i = 0; i < 200; i++) {
                if (random.nextInt(20) == 0) {
                    clock.passMillis(1_000);
                    seconds.forEach(second -> second.set(OVER));
                }
                String host = any(TEXTS);
                String path = any(TEXTS);
                boolean expected = theirs.shouldTrace(new SamplingRequest("s", host, path, "GET", null))
                        .isSampled();
                seconds.stream().filter(second -> second.get() != OVER).forEach(second -> second.set(LASTING));

                assertThat(ours.decide(Rules.question("GET", host, path)).sampled())
                        .as("%s, request %s: %s %s", json, i, host, path)
                        .isEqualTo(expected);
                sampled += expected ? 1 : 0;
            }
        }
        assertThat(sampled).isBetween(1_000, 19_000); // or it would prove nothing
    }

    /** When a second of the SDK's ends: by {@link System#nanoTime}, which a test can only push out of the way. */
    private static final long OVER = System.nanoTime() - 1;

    private static final long LASTING = OVER + 3_600_000_000_000L;

    private static List<AtomicLong> secondsOf(LocalizedSamplingStrategy theirs) throws Exception {
        List<com.amazonaws.xray.strategy.sampling.rule.SamplingRule> all = new ArrayList<>();
        for (Object rule : (List<?>) field(theirs, "rules")) {
            all.add((com.amazonaws.xray.strategy.sampling.rule.SamplingRule) rule);
        }
        all.add((com.amazonaws.xray.strategy.sampling.rule.SamplingRule) field(theirs, "defaultRule"));
        List<AtomicLong> seconds = new ArrayList<>();
        for (com.amazonaws.xray.strategy.sampling.rule.SamplingRule rule : all) {
            AtomicLong second = (AtomicLong) field(rule.getReservoir(), "nextReset");
            second.set(LASTING);
            seconds.add(second);
        }
        return seconds;
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return Objects.requireNonNull(field.get(owner));
    }

    private static GetSamplingRulesResponse.SamplingRule theirs(SamplingRule rule) {
        return GetSamplingRulesResponse.SamplingRule.create(
                Map.of(),
                rule.fixedRate(),
                rule.host().toString(),
                rule.method().toString(),
                rule.priority(),
                rule.reservoirSize(),
                "*",
                null,
                rule.name(),
                rule.serviceName().toString(),
                rule.serviceType().toString(),
                rule.path().toString(),
                1);
    }
}
