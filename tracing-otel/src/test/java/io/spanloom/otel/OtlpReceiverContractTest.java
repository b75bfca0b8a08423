package io.spanloom.otel;

import static java.util.Objects.requireNonNull;

import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.test.contract.BackendContract;
import io.spanloom.test.contract.ObservedSpan;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/**
 * What the application notices of a receiver that is slow, gone or there again, over OTLP and HTTP. What is recorded is looked
 * at by {@link OtelBackendContractTest}.
 */
class OtlpReceiverContractTest extends BackendContract {

    private final io.spanloom.otel.Receiver collector;

    OtlpReceiverContractTest() throws IOException {
        collector = new io.spanloom.otel.Receiver();
    }

    @AfterEach
    void closeReceiver() {
        collector.close();
    }

    @Override
    protected Backend create(TracingConfig config) {
        Map<String, String> settings = Map.of(
                "otel.exporter.otlp.endpoint", collector.endpoint(),
                "otel.java.exporter.otlp.retry.disabled", "true",
                "otel.bsp.schedule.delay", "100");
        return new OtelBackend(requireNonNull(OwnSdk.start(config, settings)), config.sampler(), false);
    }

    @Override
    protected boolean records() {
        return false;
    }

    @Override
    protected boolean receiver(Receiver state) {
        switch (state) {
            case DEAD -> collector.stop();
            case RUNNING -> collector.startAgain();
            case SLOW -> collector.answerAfter(100);
        }
        return true;
    }

    @Override
    protected List<ObservedSpan> awaitSpans(int count) {
        return List.of();
    }
}
