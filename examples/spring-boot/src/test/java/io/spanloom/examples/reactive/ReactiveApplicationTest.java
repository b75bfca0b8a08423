package io.spanloom.examples.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spanloom.Tracing;
import io.spanloom.examples.boot.MemoryProvider;
import io.spanloom.spi.MemorySpan;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/** A WebFlux application that has the dependency and nothing else, on Spring Boot 4. */
class ReactiveApplicationTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class ReactiveApplication {
        /** Tomcat is on these tests' class path, too, and would be taken. */
        @Bean
        NettyReactiveWebServerFactory server() {
            return new NettyReactiveWebServerFactory();
        }

        @Bean
        Pages pages(WebClient.Builder web, Environment environment) {
            return new Pages(web.build(), environment);
        }
    }

    @RestController
    record Pages(WebClient web, Environment environment) {
        @GetMapping("/flux/{id}")
        Mono<String> page(@PathVariable("id") String id) {
            return web.get()
                    .uri("http://localhost:" + environment.getProperty("local.server.port") + "/leaf/" + id)
                    .retrieve()
                    .bodyToMono(String.class);
        }

        @GetMapping("/leaf/{id}")
        Mono<String> leaf(@PathVariable("id") String id) {
            return Mono.delay(Duration.ofMillis(5)).map(late -> Tracing.call("inside", span -> id));
        }

        @GetMapping("/never")
        Mono<String> never() {
            return Mono.<String>never().doOnSubscribe(begun -> NEVER.countDown());
        }

        @GetMapping("/missing")
        Mono<String> missing() {
            return Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND));
        }
    }

    static final CountDownLatch NEVER = new CountDownLatch(1);

    private final ConfigurableApplicationContext context = start();

    private static ConfigurableApplicationContext start() {
        SpringApplication application = new SpringApplication(ReactiveApplication.class);
        application.setWebApplicationType(WebApplicationType.REACTIVE);
        return application.run("--server.port=0", "--server.shutdown=immediate", "--tracing.backend=memory");
    }

    @AfterEach
    void stop() {
        context.close();
        Tracing.shutdown();
        MemoryProvider.ENDED.clear();
    }

    private int get(String path) throws Exception {
        String base = "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofString())
                .statusCode();
    }

    private static MemorySpan one(String name) {
        await().until(() -> !MemoryProvider.named(name).isEmpty());
        List<MemorySpan> found = MemoryProvider.named(name);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void request_isOneTraceAcrossOperatorsAndServices() throws Exception {
        assertThat(get("/flux/7")).isEqualTo(200);

        MemorySpan page = one("GET /flux/:id");
        MemorySpan call = one("localhost");
        MemorySpan leaf = one("GET /leaf/:id");
        assertThat(call.parentSpanId()).isEqualTo(page.spanId());
        assertThat(leaf.parentSpanId()).isEqualTo(call.spanId());
        assertThat(one("inside").parentSpanId()).isEqualTo(leaf.spanId());
        assertThat(MemoryProvider.status(leaf)).isEqualTo(200);
    }

    @Test
    void requestThatItsClientGaveUp_isCancelledAndHasNoStatus() throws Exception {
        String base = "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
        CompletableFuture<?> answer = HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(URI.create(base + "/never")).build(), BodyHandlers.ofString());
        assertThat(NEVER.await(30, TimeUnit.SECONDS)).isTrue();

        answer.cancel(true);

        MemorySpan request = one("GET /never");
        assertThat(request.annotations()).containsEntry("cancelled", true);
        assertThat(request.response()).isNull();
    }

    @Test
    void statusOfAnException_isRecorded() throws Exception {
        assertThat(get("/missing")).isEqualTo(404);

        assertThat(MemoryProvider.status(one("GET /missing"))).isEqualTo(404);
    }
}
