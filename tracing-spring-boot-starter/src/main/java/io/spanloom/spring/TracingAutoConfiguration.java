package io.spanloom.spring;

import io.spanloom.Tracing;
import io.spanloom.http.TracingFilter;
import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.task.TaskDecorator;

/** What is traced without a line of code, each part where its library is on the class path. */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration",
            "org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration"
        })
public class TracingAutoConfiguration {

    /** {@code @Async} and whatever else runs on Boot's executors goes on with the trace that handed it over. */
    @Bean
    @ConditionalOnMissingBean(TaskDecorator.class)
    TaskDecorator tracingTaskDecorator() {
        return Tracing::wrap;
    }

    /** Requests to a servlet container. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(name = "jakarta.servlet.Filter")
    static class Servlets {
        @Bean
        @ConditionalOnMissingBean(name = "tracingFilter")
        FilterRegistrationBean<TracingFilter> tracingFilter() {
            FilterRegistrationBean<TracingFilter> filter = new FilterRegistrationBean<>(new TracingFilter());
            filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
            filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1); // behind the one that sets the encoding
            return filter;
        }
    }

    /** Requests to a reactive server. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnClass(name = "org.springframework.web.server.WebFilter")
    static class ReactiveServer {
        @Bean
        TracingWebFilter tracingWebFilter() {
            return new TracingWebFilter();
        }
    }

    /** Every operator sees the trace that was current where the stream was subscribed to. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = {"reactor.core.publisher.Hooks", "io.micrometer.context.ThreadLocalAccessor"})
    static class Reactor {
        Reactor() {
            reactor.core.publisher.Hooks.enableAutomaticContextPropagation();
        }
    }

    /** Calls by RestClient and RestTemplate. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.web.client.RestClient")
    static class RestClients {
        @Bean
        static BeanPostProcessor tracingRestClients() {
            return new RestClientBeans();
        }
    }

    /** Calls by WebClient. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.web.reactive.function.client.WebClient")
    static class WebClients {
        @Bean
        static BeanPostProcessor tracingWebClients() {
            return new WebClientBeans();
        }
    }

    /** {@code /actuator/tracing}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.annotation.Endpoint")
    static class Actuator {
        @Bean
        TracingEndpoint tracingEndpoint() {
            return new TracingEndpoint();
        }
    }

    /** {@code /actuator/health}, of Spring Boot 3. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
    static class Health {
        @Bean
        org.springframework.boot.actuate.health.HealthIndicator tracingHealthIndicator() {
            return () -> org.springframework.boot.actuate.health.Health.up()
                    .withDetails(TracingEndpoint.counts())
                    .build();
        }
    }

    /** {@code /actuator/health}, of Spring Boot 4. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
    static class HealthOfBoot4 {
        @Bean
        org.springframework.boot.health.contributor.HealthIndicator tracingHealthIndicator() {
            return () -> org.springframework.boot.health.contributor.Health.up()
                    .withDetails(TracingEndpoint.counts())
                    .build();
        }
    }
}
