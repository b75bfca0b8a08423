package io.spanloom.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spanloom.SpanSpec;
import io.spanloom.spi.SamplingRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Files of rules, and the daemon's answers: taken, or refused with words for people; a root is always decided. */
class RulesFuzzTest {

    private static final Question.Service SERVICE = new Question.Service("backend-java", null, null);
    private static final SamplingRequest REQUEST = new SamplingRequest("GET", "localhost:4567", "/api/home");
    private static final byte[] RULES =
            ("{\"SamplingRuleRecords\":[{\"SamplingRule\":{\"RuleName\":\"r\",\"Priority\":1,"
                            + "\"FixedRate\":0.5,\"ReservoirSize\":3}}]}")
                    .getBytes(StandardCharsets.UTF_8);

    @FuzzTest(maxDuration = "5m")
    void file(byte[] data) {
        List<SamplingRule> rules;
        try {
            rules = RuleFile.rules(data);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(1_000).doesNotContain("\n");
            return;
        }
        assertThat(rules).isNotEmpty();
        RuleSet set = RuleSet.local(rules);
        ActiveRule rule = Objects.requireNonNull(set.match(new Question(SERVICE, REQUEST)), "no rule matches");
        rule.decide(SamplingClock.SYSTEM, 0.5);
    }

    @FuzzTest(maxDuration = "5m")
    void answer(byte[] data) {
        assertDecides(path -> data);
        assertDecides(path -> path.equals("/GetSamplingRules") ? RULES : data);
    }

    private interface Answers {
        byte[] to(String path);
    }

    /** Two rounds of asking: what the first leaves behind must not harm the second. */
    private static void assertDecides(Answers answers) {
        Passing clock = new Passing();
        Daemon daemon = (path, json) -> {
            JsonValue.read(json.getBytes(StandardCharsets.UTF_8)); // what we send is JSON
            return JsonValue.read(answers.to(path));
        };
        RemoteRules remote = new RemoteRules(daemon, clock, () -> 0.5);
        RulesSampler fallback =
                new RulesSampler("fallback", RuleSet.local(List.of(RuleSet.BUILT_IN)), SERVICE, clock, () -> 0.5);
        try (RemoteSampler sampler = new RemoteSampler(remote, fallback, SERVICE, clock, () -> 0.5, "remote")) {
            for (int round = 0; round < 3; round++) {
                assertThat(remote.poll()).isBetween(0L, RemoteRules.RULES_NANOS * 2);
                assertThat(sampler.decide(SpanSpec.named("GET /api/home"), REQUEST))
                        .isNotNull();
                clock.nanos += RemoteRules.TARGETS_NANOS + 200_000_000L;
            }
        }
    }

    /** A clock that is moved by hand. */
    private static final class Passing implements SamplingClock {
        private long nanos;

        @Override
        public long epochMillis() {
            return 1_700_000_000_000L + nanos / 1_000_000;
        }

        @Override
        public long nanos() {
            return nanos;
        }
    }
}
