package io.spanloom.otel;

import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizer;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import java.util.function.UnaryOperator;

/** What an application puts on its class path to have its say in every SDK that is set up by autoconfiguration. */
public final class CustomizerOfOthers implements AutoConfigurationCustomizerProvider {

    static volatile UnaryOperator<SdkTracerProviderBuilder> say = UnaryOperator.identity();

    @Override
    public void customize(AutoConfigurationCustomizer autoConfiguration) {
        autoConfiguration.addTracerProviderCustomizer((builder, properties) -> say.apply(builder));
    }
}
