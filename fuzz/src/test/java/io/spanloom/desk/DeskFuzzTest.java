package io.spanloom.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spanloom.desk.api.ApiException;
import java.io.IOException;
import java.util.Set;

/** What else the desk reads: files that are imported, queries and hosts of requests. */
class DeskFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void file(FuzzedDataProvider data) {
        try {
            DocumentFile file = DocumentFile.read(data.consumeRemainingAsString());
            assertThat(file.segments()).doesNotContainNull();
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "5m")
    void query(FuzzedDataProvider data) {
        String host = data.consumeString(100);
        String origin = data.consumeString(100);
        String objection = new HostRule(Set.of("desk")).objection(host, origin.isEmpty() ? null : origin);
        if (objection != null) {
            assertThat(objection).isEqualTo(Text.clean(objection));
        }
        try {
            Query query = Query.parse(data.consumeRemainingAsString());
            long limit = query.whole("limit", 5, 1, 10);
            assertThat(limit).isBetween(1L, 10L);
        } catch (ApiException e) {
            assertThat(e.status()).isEqualTo(400);
        }
    }
}
