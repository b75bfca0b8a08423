package io.spanloom.examples.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.client.RestClient;

/** Activities of a small social network. Nothing in this file is about tracing. */
@SpringBootApplication
@EnableAsync
@EnableScheduling
public class BootApplication {

    public static void main(String[] args) {
        SpringApplication.run(BootApplication.class, args);
    }

    @Bean
    Profiles profiles(RestClient.Builder client, Environment environment) {
        return new Profiles(client.build(), environment);
    }
}
