package io.spanloom.desk.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.spanloom.desk.summary.HeldTrace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups, sampling rules and tags: what the API keeps itself. */
class XRayApiTest {
    private static final String GROUP_ARN = "arn:aws:xray:us-east-1:000000000000:group/Cruddur";
    private static final String CLIENT = "0123456789abcdef01234567";

    private long millis = 1_700_000_000_000L;
    private final XRayApi api = new XRayApi(new NoTraces(), () -> millis);

    @ParameterizedTest
    @EnumSource(Operation.class)
    void everyOperation_answersOrSaysThatItIsNotSupported(Operation operation) throws Exception {
        ApiException error = null;
        try {
            assertThat(api.handle(operation.path(), Map.of())).isNotNull();
        } catch (ApiException e) {
            error = e;
        }
        boolean refused = error != null && error.text().endsWith(" is not supported by the trace desk");
        assertThat(refused).isEqualTo(operation.support() == Operation.Support.REFUSED);
        if (error != null) {
            assertThat(error.type()).isEqualTo("InvalidRequestException");
            assertThat(error.status()).isEqualTo(400);
        }
    }

    @Test
    void unknownPath_isNoOperation() {
        assertThat(error("/Nonsense", Map.of()).type()).isEqualTo("UnknownOperationException");
    }

    @Test
    void group_livesFromCreateToDelete() throws Exception {
        Map<String, Object> group = Map.of(
                "GroupName",
                "Cruddur",
                "GroupARN",
                GROUP_ARN,
                "FilterExpression",
                "service(\"backend-flask\")",
                "InsightsConfiguration",
                Map.of("InsightsEnabled", false, "NotificationsEnabled", false));

        assertThat(createCruddur()).isEqualTo(Map.of("Group", group));
        assertThat(api.handle("/GetGroup", Map.of("GroupName", "Cruddur"))).isEqualTo(Map.of("Group", group));
        assertThat(api.handle("/GetGroup", Map.of("GroupARN", GROUP_ARN))).isEqualTo(Map.of("Group", group));
        assertThat((List<?>) field(api.handle("/Groups", Map.of()), "Groups")).hasSize(2);
        assertThat(api.handle("/UpdateGroup", Map.of("GroupName", "Cruddur", "FilterExpression", "fault")))
                .asString()
                .contains("FilterExpression=fault");
        assertThat(api.handle("/DeleteGroup", Map.of("GroupName", "Cruddur"))).isEmpty();
        assertThat(error("/GetGroup", Map.of("GroupName", "Cruddur")).text()).isEqualTo("there is no group Cruddur");
    }

    @Test
    void groupThatExists_isNotCreatedAgain() throws Exception {
        createCruddur();
        assertThat(error("/CreateGroup", Map.of("GroupName", "Cruddur")).text()).contains("exists already");
        assertThat(error("/CreateGroup", Map.of("GroupName", "Default")).text()).contains("exists already");
        assertThat(error("/DeleteGroup", Map.of("GroupName", "Default")).text()).contains("cannot be deleted");
    }

    @Test
    void badExpression_isShownWithACaret() {
        assertThat(error("/CreateGroup", Map.of("GroupName", "x", "FilterExpression", "service("))
                        .text())
                .contains("expected a service's name", "\n  service(\n          ^");
        assertThat(error("/CreateGroup", Map.of("GroupName", "x", "FilterExpression", "group.name = \"none\""))
                        .text())
                .contains("there is no group \"none\"");
    }

    @Test
    void samplingRule_livesFromCreateToDelete() throws Exception {
        String created = api.handle("/CreateSamplingRule", Map.of("SamplingRule", rule(Map.of())))
                .toString();
        assertThat(created).contains("RuleARN=arn:aws:xray:us-east-1:000000000000:sampling-rule/Cruddur");
        millis += 5_000;
        assertThat(api.handle(
                                "/UpdateSamplingRule",
                                Map.of("SamplingRuleUpdate", Map.of("RuleName", "Cruddur", "FixedRate", 0.5)))
                        .toString())
                .contains("FixedRate=0.5", "ReservoirSize=5", "ModifiedAt=1700000005", "CreatedAt=1700000000");
        assertThat(ruleNames()).containsExactly("Cruddur", "Default");
        api.handle("/DeleteSamplingRule", Map.of("RuleName", "Cruddur"));
        assertThat(ruleNames()).containsExactly("Default");
    }

    @Test
    void rules_areListedInTheOrderInWhichTheyAreTried() throws Exception {
        create(Map.of("RuleName", "b", "Priority", 5L));
        create(Map.of("RuleName", "a", "Priority", 5L));
        create(Map.of("RuleName", "c", "Priority", 1L));
        assertThat(ruleNames()).containsExactly("c", "a", "b", "Default");
    }

    @ParameterizedTest
    @CsvSource({
        "Priority, 0, SamplingRule.Priority is not a number from 1 to 9999",
        "Priority, 10000, SamplingRule.Priority is not a number from 1 to 9999",
        "FixedRate, 1.1, SamplingRule.FixedRate is not a number from 0 to 1",
        "ReservoirSize, -1, SamplingRule.ReservoirSize is not a number from 0",
        "ReservoirSize, 1.5, SamplingRule.ReservoirSize is not a whole number",
        "Version, 2, SamplingRule.Version is not 1",
    })
    void figureOutOfBounds_isRefusedByName(String field, double value, String message) {
        assertThat(error("/CreateSamplingRule", Map.of("SamplingRule", rule(Map.of(field, value))))
                        .text())
                .startsWith(message);
    }

    @Test
    void missingOrLongFields_areRefusedByName() {
        Map<String, Object> rule = new HashMap<>(rule(Map.of()));
        rule.remove("Host");
        assertThat(error("/CreateSamplingRule", Map.of("SamplingRule", rule)).text())
                .isEqualTo("SamplingRule.Host is missing");
        assertThat(error("/CreateSamplingRule", Map.of("SamplingRule", rule(Map.of("HTTPMethod", "x".repeat(11)))))
                        .text())
                .isEqualTo("SamplingRule.HTTPMethod has 11 characters; allowed are 0 to 10");
        assertThat(error("/CreateSamplingRule", Map.of()).text()).isEqualTo("SamplingRule is missing");
    }

    @Test
    void defaultRule_isThereAndChangesInTwoFiguresOnly() throws Exception {
        assertThat(error("/DeleteSamplingRule", Map.of("RuleName", "Default")).text())
                .contains("cannot be deleted");
        assertThat(error("/CreateSamplingRule", Map.of("SamplingRule", rule(Map.of("RuleName", "Default"))))
                        .text())
                .contains("exists already");
        assertThat(api.handle(
                                "/UpdateSamplingRule",
                                Map.of("SamplingRuleUpdate", Map.of("RuleName", "Default", "FixedRate", 1L)))
                        .toString())
                .contains("FixedRate=1.0");
        assertThat(error(
                                "/UpdateSamplingRule",
                                Map.of("SamplingRuleUpdate", Map.of("RuleName", "Default", "Host", "x")))
                        .text())
                .contains("only FixedRate and ReservoirSize");
    }

    @Test
    void twentySixthRule_isTooMany() throws Exception {
        for (int i = 0; i < 25; i++) {
            create(Map.of("RuleName", "r" + i));
        }
        assertThat(error("/CreateSamplingRule", Map.of("SamplingRule", rule(Map.of())))
                        .type())
                .isEqualTo("RuleLimitExceededException");
    }

    @Test
    void ruleThatFollowsAFetchWithinItsSecond_isLaterThanTheFetch() throws Exception {
        api.handle("/GetSamplingRules", Map.of());
        create(Map.of());

        assertThat(api.handle("/SamplingTargets", Map.of("SamplingStatisticsDocuments", List.of(report("Cruddur", 1))))
                        .get("LastRuleModification"))
                .isEqualTo(1_700_000_001L);
    }

    @Test
    void report_isAnsweredWithAQuota() throws Exception {
        create(Map.of());
        Map<String, ?> answer = api.handle(
                "/SamplingTargets",
                Map.of("SamplingStatisticsDocuments", List.of(report("Cruddur", 10), report("gone", 1))));

        assertThat((List<?>) field(answer, "SamplingTargetDocuments"))
                .hasToString("[{RuleName=Cruddur, FixedRate=0.1, ReservoirQuota=5, ReservoirQuotaTTL=1700000020,"
                        + " Interval=10}]");
        assertThat(answer.get("LastRuleModification")).isEqualTo(1_700_000_000L);
        assertThat((List<?>) field(answer, "UnprocessedStatistics"))
                .asString()
                .contains("there is no sampling rule gone");
        assertThat(api.handle("/SamplingStatisticSummaries", Map.of()).toString())
                .contains("RequestCount=10", "SampledCount=2", "BorrowCount=1", "RuleName=Cruddur");
    }

    @Test
    void tooManyReports_areRefused() {
        List<Object> reports =
                IntStream.range(0, 26).<Object>mapToObj(i -> report("r", 1)).toList();
        assertThat(error("/SamplingTargets", Map.of("SamplingStatisticsDocuments", reports))
                        .text())
                .contains("has 26 entries; allowed are 25");
    }

    @Test
    void tags_areKeptUntilTheirGroupGoes() throws Exception {
        createCruddur();
        api.handle("/TagResource", Map.of("ResourceARN", GROUP_ARN, "Tags", List.of(tag("a", "1"), tag("b", "2"))));
        api.handle("/UntagResource", Map.of("ResourceARN", GROUP_ARN, "TagKeys", List.of("a")));
        assertThat(api.handle("/ListTagsForResource", Map.of("ResourceARN", GROUP_ARN)))
                .isEqualTo(Map.of("Tags", List.of(tag("b", "2"))));
        api.handle("/DeleteGroup", Map.of("GroupName", "Cruddur"));
        assertThat(error("/ListTagsForResource", Map.of("ResourceARN", GROUP_ARN))
                        .type())
                .isEqualTo("ResourceNotFoundException");
    }

    @Test
    void timesAndTokens_areChecked() {
        assertThat(error("/TraceSummaries", Map.of("StartTime", 2L, "EndTime", 1L))
                        .text())
                .isEqualTo("StartTime is after EndTime");
        assertThat(error("/TraceSummaries", Map.of("StartTime", 1L)).text()).isEqualTo("EndTime is missing");
        assertThat(error("/TraceSummaries", Map.of("StartTime", 1L, "EndTime", 2L, "NextToken", "x"))
                        .text())
                .contains("NextToken is none that the desk has given");
        assertThat(error("/Traces", Map.of("TraceIds", List.of("1", "2", "3", "4", "5", "6")))
                        .text())
                .contains("allowed are 5");
    }

    private Map<String, ?> createCruddur() throws ApiException {
        return api.handle(
                "/CreateGroup", Map.of("GroupName", "Cruddur", "FilterExpression", "service(\"backend-flask\")"));
    }

    private void create(Map<String, Object> changes) throws ApiException {
        api.handle("/CreateSamplingRule", Map.of("SamplingRule", rule(changes)));
    }

    private static Map<String, Object> rule(Map<String, ?> changes) {
        Map<String, Object> rule = new HashMap<>(Map.of(
                "RuleName", "Cruddur",
                "ResourceARN", "*",
                "Priority", 9000L,
                "FixedRate", 0.1,
                "ReservoirSize", 5L,
                "ServiceName", "backend-flask",
                "ServiceType", "*",
                "Host", "*",
                "HTTPMethod", "*",
                "URLPath", "*"));
        rule.put("Version", 1L);
        rule.putAll(changes);
        return rule;
    }

    private static Map<String, Object> report(String rule, long requests) {
        return Map.of(
                "RuleName",
                rule,
                "ClientID",
                CLIENT,
                "Timestamp",
                1_700_000_000L,
                "RequestCount",
                requests,
                "SampledCount",
                2L,
                "BorrowCount",
                1L);
    }

    private static Map<String, String> tag(String key, String value) {
        return Map.of("Key", key, "Value", value);
    }

    private List<Object> ruleNames() throws ApiException {
        return ((List<?>) field(api.handle("/GetSamplingRules", Map.of()), "SamplingRuleRecords"))
                .stream()
                        .map(r -> field((Map<?, ?>) field((Map<?, ?>) r, "SamplingRule"), "RuleName"))
                        .toList();
    }

    private static Object field(Map<?, ?> map, String name) {
        Object value = map.get(name);
        assertThat(value).as(name).isNotNull();
        return Objects.requireNonNull(value);
    }

    private ApiException error(String path, Map<String, ?> body) {
        ApiException error = catchThrowableOfType(ApiException.class, () -> api.handle(path, new HashMap<>(body)));
        assertThat(error).isNotNull();
        return error;
    }

    private static final class NoTraces implements Traces {
        @Override
        public List<HeldTrace> newestFirst() {
            return List.of();
        }

        @Override
        public @Nullable HeldTrace find(String traceId) {
            return null;
        }

        @Override
        public List<SegmentDocument> documents(String traceId) {
            return List.of();
        }

        @Override
        public @Nullable Refusal put(String document) {
            return null;
        }

        @Override
        public @Nullable String digits(String traceId) {
            return null;
        }

        @Override
        public String xrayId(String traceId) {
            return traceId;
        }
    }
}
