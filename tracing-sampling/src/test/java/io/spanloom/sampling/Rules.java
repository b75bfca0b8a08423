package io.spanloom.sampling;

import io.spanloom.spi.SamplingRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Short ways to rules and questions. */
final class Rules {

    static final Question.Service SERVICE = new Question.Service("backend-java", null, null);

    private Rules() {}

    static List<SamplingRule> read(String json) {
        return RuleFile.rules(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** A rule of the service, with more members. */
    static String rule(String name, int priority, double rate, int reservoir, String... more) {
        StringBuilder json = new StringBuilder("{'RuleName':'" + name + "','Priority':" + priority + ",'FixedRate':"
                + rate + ",'ReservoirSize':" + reservoir + ",'Version':1");
        for (int i = 0; i < more.length; i += 2) {
            json.append(",'").append(more[i]).append("':'").append(more[i + 1]).append('\'');
        }
        return json.append('}').toString().replace('\'', '"');
    }

    static RulesSampler sampler(String json, SamplingClock clock) {
        return new RulesSampler("rules", RuleSet.local(read(json)), SERVICE, clock, () -> 0.5);
    }

    static Question get(String path) {
        return question("GET", "localhost:4567", path);
    }

    static Question question(String method, String host, String path) {
        return new Question(SERVICE, new SamplingRequest(method, host, path));
    }

    static Question withAttributes(Map<String, String> attributes) {
        return new Question(SERVICE, new SamplingRequest(null, null, null, attributes));
    }
}
