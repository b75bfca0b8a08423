package io.spanloom.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** What is posted to the desk's OTLP port: read, shown and written as an X-Ray document, or rejected with a reason. */
class OtlpFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void protobuf(byte[] data) {
        read(OtlpFormat.PROTOBUF, data);
    }

    @FuzzTest(maxDuration = "5m")
    void json(byte[] data) {
        read(OtlpFormat.JSON, data);
    }

    @FuzzTest(maxDuration = "5m")
    void gzip(byte[] data) throws IOException {
        try (RequestBody body = new RequestBody()) {
            assertThat(body.expand(data).length).isLessThanOrEqualTo(RequestBody.MAX_EXPANDED_BYTES);
        } catch (RejectedException e) {
            assertThat(e.reason()).isIn(Rejection.BAD_GZIP, Rejection.OVERSIZE);
        }
    }

    private static void read(OtlpFormat format, byte[] data) {
        OtlpBatch batch;
        try {
            batch = OtlpBatch.read(format.decode(data));
        } catch (RejectedException e) {
            assertThat(e.reason()).isNotNull();
            assertThat(format.failure(e.detail())).isNotEmpty();
            return;
        }
        for (Received received : batch.documents()) {
            Documents.assertUsable(received);
        }
    }
}
