package com.example.boot;

import io.spanloom.weave.Weaver;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One order, by a bean; what weaves it is told by how the jar was built and is started. */
@Configuration(proxyBeanMethods = false)
public class App {

    public static void main(String[] args) {
        if (List.of(args).contains("install")) {
            Weaver.install();
        }
        try (ConfigurableApplicationContext context = SpringApplication.run(App.class)) {
            System.out.println(context.getBean(Shop.class).order("book"));
            System.out.println(Weaver.explain(Shop.class));
            System.out.println("loader: " + Shop.class.getClassLoader().getClass().getSimpleName());
        }
    }

    @Bean
    Shop shop() {
        return new Shop();
    }
}
