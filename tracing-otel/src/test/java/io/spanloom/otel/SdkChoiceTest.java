package io.spanloom.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.TracingConfig;
import io.spanloom.TracingConfigException;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SdkChoiceTest {

    private final InMemorySpanExporter global = InMemorySpanExporter.create();
    private final InMemorySpanExporter handedIn = InMemorySpanExporter.create();

    @AfterEach
    void forget() {
        OtelBackend.use(null);
        GlobalOpenTelemetry.resetForTest();
    }

    private static OpenTelemetrySdk sdk(InMemorySpanExporter exporter) {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .build();
    }

    private static Backend backend(String choice, boolean sdkOnClassPath) {
        return OtelBackendProvider.create(AttachedFixture.config("tracing.otel.sdk", choice), sdkOnClassPath);
    }

    private static void span(Backend backend) {
        try (Span span = backend.start(SpanSpec.named("work"), null)) {
            assertThat(span.name()).isIn("work", "none");
        }
    }

    @Test
    void auto_attachesToTheGlobalOne() {
        GlobalOpenTelemetry.set(sdk(global));
        Backend backend = backend("auto", true);
        span(backend);

        assertThat(backend.acceptsIds()).isFalse();
        assertThat(global.getFinishedSpanItems()).extracting(SpanData::getName).containsExactly("work");
    }

    @Test
    void auto_prefersWhatWasHandedIn() {
        GlobalOpenTelemetry.set(sdk(global));
        OtelBackend.use(sdk(handedIn));
        span(backend("auto", true));

        assertThat(global.getFinishedSpanItems()).isEmpty();
        assertThat(handedIn.getFinishedSpanItems()).hasSize(1);
    }

    @Test
    void auto_withNothingToAttachTo_isOwnAndSetsNothingGlobally() throws Exception {
        try (Backend backend = backend("auto", true)) {
            assertThat(backend.acceptsIds()).isTrue();
            assertThat(GlobalInstance.isSet()).isFalse();
        }
    }

    @Test
    void auto_withNeither_isAnErrorWithTheCure() {
        assertThatThrownBy(() -> backend("auto", false))
                .hasMessageContaining("opentelemetry-sdk-extension-autoconfigure")
                .hasMessageContaining("OtelBackend.use");
    }

    @Test
    void own_withoutTheSdk_isAnErrorWithTheOriginOfTheChoice() {
        assertThatThrownBy(() -> backend("own", false))
                .hasMessageContaining("tracing.otel.sdk = own")
                .hasMessageContaining("code");
    }

    @Test
    void attach_toWhatIsSetLater_recordsFromThenOn() {
        Backend backend = backend("attach", true);
        span(backend);
        GlobalOpenTelemetry.set(sdk(global));
        span(backend);

        assertThat(global.getFinishedSpanItems()).hasSize(1);
    }

    @Test
    void otherWord_isAnErrorThatNamesTheAllowedOnes() {
        assertThatThrownBy(() -> AttachedFixture.config("tracing.otel.sdk", "mine"))
                .isInstanceOf(TracingConfigException.class)
                .hasMessageContaining("auto, attach, own");
    }

    @Test
    void provider_isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(BackendProvider.class))
                .filteredOn(provider -> provider.name().equals("otel"))
                .singleElement()
                .satisfies(provider -> assertThat(provider.keys()).contains(SdkChoice.KEY));
        assertThat(TracingConfig.builder().alone().build().get(SdkChoice.KEY)).isEqualTo(SdkChoice.AUTO);
    }
}
