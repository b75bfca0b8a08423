package io.spanloom.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchingTest {

    @ParameterizedTest
    @CsvSource({
        "ServiceName, BACKEND-*, true",
        "ServiceName, backend-flask, false",
        "ServiceType, AWS::ECS::*, true",
        "ServiceType, AWS::EC2::Instance, false",
        "ResourceARN, arn:aws:ecs:*:cluster/c?, true",
        "ResourceARN, arn:aws:ec2:*, false",
        "Host, localhost:*, true",
        "Host, example.com, false",
        "HTTPMethod, get, true",
        "HTTPMethod, POST, false",
        "URLPath, /api/*, true",
        "URLPath, /admin, false",
    })
    void condition_decides(String member, String pattern, boolean expected) {
        SamplingRule rule =
                Rules.read(Rules.rule("a", 1, 0, 0, member, pattern)).get(0);
        Question.Service service =
                new Question.Service("backend-java", "AWS::ECS::Container", "arn:aws:ecs:eu-west-1:1:cluster/c1");

        assertThat(rule.matches(new Question(service, Rules.get("/api/home").request())))
                .isEqualTo(expected);
    }

    @Test
    void rootThatIsNoRequest_matchesWhereNothingIsAskedOfRequests() {
        Question job = new Question(Rules.SERVICE, null);

        assertThat(Rules.read(Rules.rule("a", 1, 0, 0)).get(0).matches(job)).isTrue();
        assertThat(Rules.read(Rules.rule("a", 1, 0, 0, "URLPath", "/*")).get(0).matches(job))
                .isFalse();
    }

    @Test
    void attributes_haveToBeThereAndToMatchAllOfThem() {
        SamplingRule rule = Rules.read("{'RuleName':'a','Priority':1,'FixedRate':0,'ReservoirSize':0,"
                        + "'Attributes':{'tenant':'acme-*','plan':'?old'}}")
                .get(0);

        assertThat(rule.matches(Rules.withAttributes(Map.of("tenant", "ACME-7", "plan", "gold"))))
                .isTrue();
        assertThat(rule.matches(Rules.withAttributes(Map.of("tenant", "acme-7", "plan", "free"))))
                .isFalse();
        assertThat(rule.matches(Rules.withAttributes(Map.of("tenant", "acme-7"))))
                .isFalse();
    }
}
