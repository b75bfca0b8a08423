package io.spanloom.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.spanloom.Scope;
import io.spanloom.SpanListeners;
import io.spanloom.micrometer.SpanMetrics;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Rate, errors and duration of each span name, where the application has a registry of meters. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
public class SpanMetricsAutoConfiguration {

    @Bean
    ListeningMeters spanloomListeningMeters(ObjectProvider<SpanMetrics> own, ObjectProvider<MeterRegistry> registries) {
        return new ListeningMeters(own, registries);
    }

    /** Listens as long as the application's context is there. */
    static final class ListeningMeters implements SmartInitializingSingleton, AutoCloseable {
        private final ObjectProvider<SpanMetrics> own;
        private final ObjectProvider<MeterRegistry> registries;
        private Scope listening = () -> {};

        ListeningMeters(ObjectProvider<SpanMetrics> own, ObjectProvider<MeterRegistry> registries) {
            this.own = own;
            this.registries = registries;
        }

        @Override
        public void afterSingletonsInstantiated() {
            SpanMetrics chosen = own.getIfUnique();
            if (chosen != null) {
                listening = SpanListeners.add(chosen);
                return;
            }
            // Of several without a primary one, nobody can say which: the application adds its listener itself then.
            registries.ifUnique(registry -> listening = SpanListeners.add(SpanMetrics.to(registry)));
        }

        @Override
        public void close() {
            listening.close();
        }
    }
}
