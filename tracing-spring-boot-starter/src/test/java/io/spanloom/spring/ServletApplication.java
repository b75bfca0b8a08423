package io.spanloom.spring;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/** As a user's application is: nothing here names Spanloom but the annotations in {@link Shop}. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableAsync
class ServletApplication {

    @Bean
    Shop shop() {
        return new Shop();
    }

    @Bean
    RestTemplate template(RestTemplateBuilder builder) {
        return builder.build();
    }

    @Bean
    Pages pages(Shop shop, RestClient.Builder rest, RestTemplate template, WebClient.Builder web, Environment env) {
        return new Pages(shop, rest.build(), template, web.build(), env);
    }
}
