package io.spanloom.desk;

import static io.spanloom.desk.Fixtures.oneSegment;
import static io.spanloom.desk.Fixtures.resource;
import static io.spanloom.desk.Fixtures.segment;
import static io.spanloom.desk.Fixtures.segmentJson;
import static io.spanloom.desk.Fixtures.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SegmentReaderTest {

    @Test
    void javaSdkDocument_givesSegmentAndFailedSubsegment() throws Exception {
        Received document = fixture("java-1");

        assertThat(document.traceId()).isEqualTo("6b014d1bebb10242c0c6c79d2f596a40");
        assertThat(document.spans()).extracting(TraceSpan::name).containsExactly("java-peer", "db");
        TraceSpan db = document.spans().get(1);
        assertThat(db.parentId()).isEqualTo("508f96e9935a529a");
        assertThat(db.namespace()).isEqualTo("remote");
        assertThat(db.fault()).isTrue();
        assertThat(db.exceptions()).containsExactly(new TraceSpan.Thrown("java.lang.IllegalStateException", "boom"));
        assertThat(db.annotations()).isEqualTo(Map.of("k", "v"));
        assertThat(db.metadata()).isEqualTo(Map.of("ns", Map.of("o", Map.of("n", 1L))));
        assertThat(db.start()).isEqualTo(Instant.parse("2026-11-21T07:49:47.806Z"));
    }

    @Test
    void pythonSdkDocumentWithCalls_givesRemoteSubsegments() throws Exception {
        Received document = fixture("python-flask-downstream");

        assertThat(document.spans()).hasSize(4);
        assertThat(document.spans().subList(1, 4))
                .allSatisfy(call -> assertThat(call.namespace()).isEqualTo("remote"))
                .allSatisfy(call -> assertThat(call.parentId()).isEqualTo("267aa3374ab9c3ae"));
        assertThat(document.spans().get(0).http().get("response")).containsEntry("content_length", 28L);
    }

    @Test
    void pythonSdkDocumentThatFailed_givesFaultAndException() throws Exception {
        TraceSpan span = fixture("python-flask-fault").spans().get(0);

        assertThat(span.fault()).isTrue();
        assertThat(span.ok()).isFalse();
        assertThat(span.exceptions()).containsExactly(new TraceSpan.Thrown("ValueError", "boom"));
    }

    @Test
    void pythonSdkDocumentWithLocalSubsegment_hasNoNamespace() throws Exception {
        TraceSpan mockData = fixture("python-flask-home").spans().get(1);

        assertThat(mockData.namespace()).isNull();
        assertThat(mockData.service()).isNull();
        assertThat(mockData.kind()).isEqualTo(TraceSpan.Kind.SUBSEGMENT);
    }

    @Test
    void bookkeeping_namesOperationAndServiceAndIsNotShown() throws Exception {
        TraceSpan span = span(",'metadata':{'spanloom':{'operation':'GET /home','service':'shop'},'a':{'b':1}}");

        assertThat(span.name()).isEqualTo("GET /home");
        assertThat(span.service()).isEqualTo("shop");
        assertThat(span.metadata()).isEqualTo(Map.of("a", Map.of("b", 1L)));
    }

    @Test
    void namespaceSpanloomWithMoreInIt_keepsTheRest() throws Exception {
        TraceSpan span = span(",'metadata':{'spanloom':{'operation':'x','mine':true}}");

        assertThat(span.metadata()).isEqualTo(Map.of("spanloom", Map.of("mine", true)));
    }

    @Test
    void segmentWithoutBookkeeping_isNamedAfterItsDocument() throws Exception {
        assertThat(span("").name()).isEqualTo("svc");
        assertThat(span("").service()).isEqualTo("svc");
    }

    @Test
    void causeThatPointsToAChild_givesNoException() throws Exception {
        assertThat(span(",'fault':true,'cause':'0123456789abcdef'").exceptions())
                .isEmpty();
    }

    @Test
    void contentLengthZero_isDropped() throws Exception {
        TraceSpan span = span(",'http':{'request':{'method':'GET'},'response':{'status':200,'content_length':0}}");

        assertThat(span.http())
                .isEqualTo(Map.of("request", Map.of("method", "GET"), "response", Map.of("status", 200L)));
    }

    @Test
    void inProgress_hasNoEnd() throws Exception {
        assertThat(span(",'in_progress':true").end()).isNull();
    }

    @Test
    void metadataNamespaceThatIsNoObject_isShownInDefault() throws Exception {
        assertThat(span(",'metadata':{'n':5}").metadata()).isEqualTo(Map.of("default", Map.of("n", 5L)));
    }

    @Test
    void numbersBeyondLongAndDouble_staySuchNumbers() throws Exception {
        TraceSpan span = span(",'annotations':{'whole':9007199254740993,'huge':1E+400}");

        assertThat(span.annotations()).isEqualTo(Map.of("whole", 9007199254740993L, "huge", new BigDecimal("1E+400")));
    }

    @Test
    void fieldsOfUnexpectedTypes_countAsAbsent() throws Exception {
        TraceSpan span = span(",'http':7,'cause':[],'annotations':'x','subsegments':{},'user':null,'fault':'yes'");

        assertThat(span.http()).isEmpty();
        assertThat(span.annotations()).isEmpty();
        assertThat(span.ok()).isTrue();
    }

    @Test
    void blocksOfTheirOwn_areKeptAsDetails() throws Exception {
        TraceSpan span = span(",'user':'ann','aws':{'operation':'Query','xray':{'sdk':'x'}},'sql':{'url':'u'}");

        assertThat(span.details())
                .isEqualTo(Map.of("user", "ann", "aws", Map.of("operation", "Query"), "sql", Map.of("url", "u")));
    }

    @Test
    void fiveThousandLevels_areReadWithoutRecursion() throws Exception {
        assertThat(segment(nested(5_000)).spans()).hasSize(5_001);
    }

    @Test
    void moreThanFiveThousandLevels_areRefused() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> segment(nested(5_001)))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Rejection.TOO_DEEP));
    }

    @Test
    void metadataOfAHundredLevels_isKept() throws Exception {
        // The metadata object and the namespace are two of them.
        assertThat(span(",'metadata':{'n':{'k':" + "[".repeat(98) + "]".repeat(98) + "}}")
                        .metadata())
                .containsKey("n");
    }

    @Test
    void metadataDeeperThanAHundredLevels_isRefused() {
        List<String> tooDeep = List.of("[".repeat(99) + "]".repeat(99), "[".repeat(9_000) + "]".repeat(9_000));

        assertThat(tooDeep)
                .allSatisfy(value -> assertThatExceptionOfType(RejectedException.class)
                        .isThrownBy(() -> oneSegment("000000000000000a", ",'metadata':{'n':{'k':" + value + "}}"))
                        .satisfies(e -> assertThat(e.reason()).isEqualTo(Rejection.TOO_DEEP)));
    }

    @Test
    void unknownFieldOfAnyDepth_isPassedOver() throws Exception {
        assertThat(span(",'new':" + "[".repeat(5_000) + "]".repeat(5_000)).name())
                .isEqualTo("svc");
    }

    static String nested(int levels) {
        StringBuilder json = new StringBuilder(segmentJson("ffffffffffffffff", ",'subsegments':["));
        json.setLength(json.length() - 1);
        for (int i = 0; i < levels; i++) {
            json.append(String.format("{'id':'%016x','name':'s','start_time':100,'end_time':101,'subsegments':[", i));
        }
        return json.append("]}".repeat(levels + 1)).toString();
    }

    private static Received fixture(String name) throws RejectedException {
        byte[] bytes = resource("segments/" + name + ".json");
        assertThat(new String(bytes, StandardCharsets.UTF_8)).startsWith("{");
        return SegmentReader.read(bytes, 0, bytes.length);
    }
}
