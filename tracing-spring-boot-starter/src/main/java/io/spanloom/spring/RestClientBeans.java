package io.spanloom.spring;

import io.spanloom.spi.Reporter;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Adds the interceptor to the templates and builders among the beans, where it is not there already. */
final class RestClientBeans implements BeanPostProcessor {

    private final ClientHttpRequestInterceptor interceptor = new TracingRequestInterceptor();

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof RestClient.Builder builder) {
            return builder.requestInterceptors(this::addTo);
        }
        if (bean instanceof RestTemplate template) {
            addTo(template.getInterceptors());
            return template;
        }
        return bean.getClass().getName().endsWith(".RestTemplateBuilder") ? intercepted(bean) : bean;
    }

    /** In front, so that what the application's own interceptors do is part of the call. */
    private void addTo(List<ClientHttpRequestInterceptor> interceptors) {
        if (!interceptors.contains(interceptor)) {
            interceptors.add(0, interceptor);
        }
    }

    /** By name: the builder's package is another in Spring Boot 4. It is immutable: the new one takes its place. */
    private Object intercepted(Object builder) {
        try {
            return builder.getClass()
                    .getMethod("additionalInterceptors", ClientHttpRequestInterceptor[].class)
                    .invoke(builder, (Object) new ClientHttpRequestInterceptor[] {interceptor});
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException other) {
            Reporter.warn("TRC-241", "calls of " + builder.getClass().getName() + " are not traced", other);
            return builder;
        }
    }
}
