package io.spanloom.spring;

import java.util.List;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

/** Adds the filter to the builders among the beans; clients that are built already cannot be changed. */
final class WebClientBeans implements BeanPostProcessor {

    private final TracingExchangeFilter filter = new TracingExchangeFilter();

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof WebClient.Builder builder ? builder.filters(this::addTo) : bean;
    }

    /** A builder that one bean hands on as another comes here twice. */
    private void addTo(List<ExchangeFilterFunction> filters) {
        if (filters.stream().noneMatch(TracingExchangeFilter.class::isInstance)) {
            filters.add(filter);
        }
    }
}
