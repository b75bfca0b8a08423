package io.spanloom.spring;

import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/** The application's pages. */
@RestController
record Pages(Shop shop, RestClient rest, RestTemplate template, WebClient web, Environment environment) {

    private String url(String path) {
        return "http://localhost:" + environment.getProperty("local.server.port") + path;
    }

    @GetMapping("/items/{id}")
    String item(@PathVariable("id") String id) {
        return shop.find(id);
    }

    @GetMapping("/rest")
    String byRest() {
        return String.valueOf(rest.get().uri(url("/items/1")).retrieve().body(String.class));
    }

    @GetMapping("/template")
    String byTemplate() {
        return String.valueOf(template.getForObject(url("/items/2"), String.class));
    }

    @GetMapping("/web")
    String byWeb() {
        return String.valueOf(web.get()
                .uri(url("/items/3"))
                .retrieve()
                .bodyToMono(String.class)
                .block());
    }

    @GetMapping("/later")
    String later() throws Exception {
        return shop.later().get();
    }

    @GetMapping("/boom")
    String boom() {
        throw new IllegalStateException("boom");
    }
}
