package io.spanloom.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spanloom.desk.api.ApiException;
import io.spanloom.desk.api.Operation;
import io.spanloom.desk.api.XRayApi;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bodies of the X-Ray API: answered, or refused with a status and words. */
class XRayApiFuzzTest {
    private static final Operation[] OPERATIONS = Operation.values();

    /** The first byte is the operation. */
    @FuzzTest(maxDuration = "5m")
    void body(byte[] data) {
        if (data.length == 0) {
            return;
        }
        byte[] json = new byte[data.length - 1];
        System.arraycopy(data, 1, json, 0, json.length);
        ask(OPERATIONS[(data[0] & 0xff) % OPERATIONS.length].path(), json);
    }

    /** Sampling rules are created, listed, and reported on. */
    @FuzzTest(maxDuration = "5m")
    void sampling(byte[] data) {
        XRayApi api = api();
        for (String path : new String[] {"/CreateSamplingRule", "/UpdateSamplingRule", "/SamplingTargets"}) {
            answer(api, path, data);
        }
        answer(api, "/GetSamplingRules", "{}".getBytes(StandardCharsets.UTF_8));
    }

    private static void ask(String path, byte[] json) {
        answer(api(), path, json);
    }

    private static XRayApi api() {
        TraceStore store = new TraceStore(() -> 0, 0, 100, 1L << 30, new Counting());
        return new XRayApi(
                new DeskTraces(store, new Intake() {
                    @Override
                    public void accepted(Received document) {
                        store.add(document);
                    }

                    @Override
                    public void rejected(Refused refused) {
                        assertThat(refused.reason()).isNotEqualTo(Rejection.INTERNAL);
                    }
                }),
                () -> 1_800_000_000_000L);
    }

    private static void answer(XRayApi api, String path, byte[] json) {
        Map<String, @Nullable Object> body;
        try {
            body = ApiReceiver.parse(json);
        } catch (RejectedException e) {
            assertThat(e.reason()).isNotNull();
            return;
        }
        try {
            Answer answer = Answer.json(200, api.handle(path, body));
            assertThat(answer.body()).isNotEmpty();
        } catch (ApiException e) {
            assertThat(e.status()).isBetween(400, 499);
            assertThat(e.text()).isNotBlank();
        }
    }
}
