package io.spanloom.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.xray.XRayClient;
import software.amazon.awssdk.services.xray.model.AnnotationValue;
import software.amazon.awssdk.services.xray.model.InvalidRequestException;
import software.amazon.awssdk.services.xray.model.ResourceNotFoundException;
import software.amazon.awssdk.services.xray.model.RootCauseException;
import software.amazon.awssdk.services.xray.model.SamplingRule;
import software.amazon.awssdk.services.xray.model.SamplingRuleRecord;
import software.amazon.awssdk.services.xray.model.SamplingStatisticsDocument;
import software.amazon.awssdk.services.xray.model.SamplingTargetDocument;
import software.amazon.awssdk.services.xray.model.Service;
import software.amazon.awssdk.services.xray.model.Tag;
import software.amazon.awssdk.services.xray.model.Trace;
import software.amazon.awssdk.services.xray.model.TraceSummary;

/** AWS's own client for Java, unmodified: what it sends is understood, and it understands the answers. */
class AwsSdkTest {
    private static final String ID = "1-6b014935-7ad1c6780862287cab74ea3d";
    private static final Instant FROM = Instant.ofEpochSecond(1_795_246_000);
    private static final Instant TO = Instant.ofEpochSecond(1_795_247_000);
    private static final String DOCUMENT = "{\"id\":\"000000000000000a\",\"trace_id\":\"" + ID
            + "\",\"name\":\"backend-flask\",\"start_time\":1795246389.5,\"end_time\":1795246390.75,\"fault\":true,"
            + "\"user\":\"ann\",\"annotations\":{\"plan\":\"free\",\"age\":30,\"vip\":true},"
            + "\"http\":{\"request\":{\"url\":\"http://host/api\",\"method\":\"GET\"},\"response\":{\"status\":500}},"
            + "\"subsegments\":[{\"id\":\"000000000000000b\",\"name\":\"DynamoDB\",\"namespace\":\"aws\","
            + "\"start_time\":1795246389.6,\"end_time\":1795246390.7,\"fault\":true,\"cause\":{\"exceptions\":"
            + "[{\"id\":\"000000000000000c\",\"type\":\"IOException\",\"message\":\"gone\"}]}}]}";

    private final TraceDesk desk =
            TraceDesk.builder().quiet(Duration.ofMillis(50)).start();
    private final XRayClient client = XRayClient.builder()
            .endpointOverride(
                    URI.create("http://127.0.0.1:" + desk.httpAddress().getPort()))
            .region(Region.EU_WEST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("nobody", "nothing")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();

    @BeforeEach
    void putDocument() {
        assertThat(client.putTraceSegments(r -> r.traceSegmentDocuments(DOCUMENT))
                        .unprocessedTraceSegments())
                .isEmpty();
    }

    @AfterEach
    void close() {
        client.close();
        desk.close();
    }

    @Test
    void traceSummaries_haveEveryField() {
        List<TraceSummary> found = client
                .getTraceSummariesPaginator(r -> r.startTime(FROM)
                        .endTime(TO)
                        .filterExpression("service(\"backend-flask\") { fault } AND annotation.age > 29"))
                .traceSummaries()
                .stream()
                .toList();

        assertThat(found).hasSize(1);
        TraceSummary summary = found.get(0);
        assertThat(summary.id()).isEqualTo(ID);
        assertThat(summary.startTime()).isEqualTo(Instant.parse("2026-11-21T07:33:09.500Z"));
        assertThat(summary.duration()).isEqualTo(1.25);
        assertThat(summary.responseTime()).isEqualTo(1.25);
        assertThat(summary.hasFault()).isTrue();
        assertThat(summary.hasError()).isFalse();
        assertThat(summary.isPartial()).isFalse();
        assertThat(summary.http().httpStatus()).isEqualTo(500);
        assertThat(summary.http().httpURL()).isEqualTo("http://host/api");
        assertThat(summary.users().get(0).userName()).isEqualTo("ann");
        assertThat(annotation(summary, "plan").stringValue()).isEqualTo("free");
        assertThat(annotation(summary, "age").numberValue()).isEqualTo(30);
        assertThat(annotation(summary, "vip").booleanValue()).isTrue();
        assertThat(summary.entryPoint().name()).isEqualTo("backend-flask");
        assertThat(summary.serviceIds()).extracting(id -> id.type()).contains("AWS::DynamoDB");
        assertThat(summary.faultRootCauses()
                        .get(0)
                        .services()
                        .get(0)
                        .entityPath()
                        .get(1)
                        .exceptions())
                .extracting(RootCauseException::message)
                .containsExactly("gone");
    }

    @Test
    void batchGetTraces_givesTheDocumentBack() {
        Trace trace = client.batchGetTraces(r -> r.traceIds(ID)).traces().get(0);

        assertThat(trace.id()).isEqualTo(ID);
        assertThat(trace.duration()).isEqualTo(1.25);
        assertThat(trace.segments()).extracting(s -> s.document()).containsExactly(DOCUMENT);
    }

    @Test
    void graphs_haveServicesAndEdges() {
        List<Service> services =
                client.getServiceGraph(r -> r.startTime(FROM).endTime(TO)).services();

        assertThat(services).extracting(Service::name).containsExactly("backend-flask", "backend-flask", "DynamoDB");
        assertThat(services.get(0).edges().get(0).referenceId()).isEqualTo(2);
        assertThat(services.get(0).summaryStatistics().faultStatistics().totalCount())
                .isEqualTo(1);
        assertThat(services.get(1).type()).isEqualTo("client");
        assertThat(client.getTraceGraph(r -> r.traceIds(ID)).services()).hasSize(3);
    }

    @Test
    void timeSeries_countByMinutes() {
        var statistics = client.getTimeSeriesServiceStatistics(
                        r -> r.startTime(FROM).endTime(TO).entitySelectorExpression("service(\"backend-flask\")"))
                .timeSeriesServiceStatistics();

        assertThat(statistics).hasSize(1);
        assertThat(statistics.get(0).timestamp()).isEqualTo(Instant.parse("2026-11-21T07:33:00Z"));
        assertThat(statistics.get(0).serviceSummaryStatistics().totalCount()).isEqualTo(1);
    }

    @Test
    void group_ofCruddur_selectsItsTraces() {
        client.createGroup(r -> r.groupName("Cruddur").filterExpression("service(\"backend-flask\")"));

        assertThat(client.getGroups(r -> {}).groups())
                .extracting(g -> g.groupName())
                .contains("Cruddur");
        assertThat(client.getTraceSummaries(
                                r -> r.startTime(FROM).endTime(TO).filterExpression("group.name = \"Cruddur\""))
                        .traceSummaries())
                .hasSize(1);
        assertThat(client.getServiceGraph(r -> r.startTime(FROM).endTime(TO).groupName("Cruddur"))
                        .services())
                .isNotEmpty();
        client.updateGroup(r -> r.groupName("Cruddur").filterExpression("ok"));
        assertThat(client.getServiceGraph(r -> r.startTime(FROM).endTime(TO).groupName("Cruddur"))
                        .services())
                .isEmpty();
        client.deleteGroup(r -> r.groupName("Cruddur"));
    }

    @Test
    void samplingRule_ofCruddur_isServedWithAQuota() {
        SamplingRuleRecord created = client.createSamplingRule(r -> r.samplingRule(SamplingRule.builder()
                        .ruleName("Cruddur")
                        .resourceARN("*")
                        .priority(9000)
                        .fixedRate(0.1)
                        .reservoirSize(5)
                        .serviceName("backend-flask")
                        .serviceType("*")
                        .host("*")
                        .httpMethod("*")
                        .urlPath("*")
                        .version(1)
                        .build()))
                .samplingRuleRecord();
        assertThat(created.samplingRule().fixedRate()).isEqualTo(0.1);
        assertThat(created.createdAt()).isNotNull();
        assertThat(client.getSamplingRules(r -> {}).samplingRuleRecords())
                .extracting(r -> r.samplingRule().ruleName())
                .containsExactly("Cruddur", "Default");

        var targets = client.getSamplingTargets(r -> r.samplingStatisticsDocuments(SamplingStatisticsDocument.builder()
                .ruleName("Cruddur")
                .clientID("0123456789abcdef01234567")
                .timestamp(FROM)
                .requestCount(100)
                .sampledCount(10)
                .borrowCount(1)
                .build()));
        SamplingTargetDocument target = targets.samplingTargetDocuments().get(0);
        assertThat(target.reservoirQuota()).isEqualTo(5);
        assertThat(target.interval()).isEqualTo(10);
        assertThat(target.reservoirQuotaTTL()).isAfter(Instant.now());
        assertThat(client.getSamplingStatisticSummaries(r -> {})
                        .samplingStatisticSummaries()
                        .get(0)
                        .requestCount())
                .isEqualTo(100);
        client.deleteSamplingRule(r -> r.ruleName("Cruddur"));
    }

    @Test
    void tags_areKept() {
        String arn = client.createGroup(r -> r.groupName("Tagged")).group().groupARN();
        client.tagResource(
                r -> r.resourceARN(arn).tags(Tag.builder().key("a").value("1").build()));

        assertThat(client.listTagsForResource(r -> r.resourceARN(arn)).tags()).hasSize(1);
        client.untagResource(r -> r.resourceARN(arn).tagKeys("a"));
        assertThat(client.listTagsForResource(r -> r.resourceARN(arn)).tags()).isEmpty();
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> client.listTagsForResource(r -> r.resourceARN("arn:none")));
    }

    @Test
    void errors_areTheServicesOwn() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> client.getTraceSummaries(
                        r -> r.startTime(FROM).endTime(TO).filterExpression("responsetime > fast")))
                .withMessageContaining("expected a number, found fast (column 16)");
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(
                        () -> client.getInsightSummaries(r -> r.startTime(FROM).endTime(TO)))
                .withMessageContaining("GetInsightSummaries is not supported by the trace desk");
        assertThat(client.putTelemetryRecords(r -> r.telemetryRecords(t -> t.timestamp(FROM))))
                .isNotNull();
    }

    private static AnnotationValue annotation(TraceSummary summary, String key) {
        return Objects.requireNonNull(summary.annotations().get(key)).get(0).annotationValue();
    }
}
