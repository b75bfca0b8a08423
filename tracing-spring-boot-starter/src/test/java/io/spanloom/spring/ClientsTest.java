package io.spanloom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Outcome;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Spring's clients: how often a call is traced, and what of a service's answer may not harm it. */
class ClientsTest {

    @BeforeEach
    void start() {
        Tracing.reconfigure(TracingConfig.builder().alone().backend("memory").build());
        MemoryProvider.ENDED.clear();
    }

    @AfterEach
    void stop() {
        Tracing.shutdown();
    }

    private static <T> T bean(BeanPostProcessor processor, T bean) {
        @SuppressWarnings("unchecked")
        T processed = (T) Objects.requireNonNull(processor.postProcessAfterInitialization(bean, "bean"));
        return processed;
    }

    private static List<ClientHttpRequestInterceptor> interceptors(RestClient.Builder builder) {
        List<ClientHttpRequestInterceptor> found = new ArrayList<>();
        builder.requestInterceptors(found::addAll);
        return found;
    }

    @Test
    void builderThatComesTwice_tracesOnce() {
        RestClientBeans beans = new RestClientBeans();

        RestClient.Builder builder = bean(beans, bean(beans, RestClient.builder()));

        assertThat(interceptors(builder)).hasSize(1);
    }

    @Test
    void builderThatTracesByHand_tracesOnce() {
        RestClient.Builder builder = RestClient.builder().requestInterceptor(new TracingRequestInterceptor());

        assertThat(interceptors(bean(new RestClientBeans(), builder))).hasSize(1);
    }

    @Test
    void templateOfABuilderThatTracesByHand_tracesOnce() {
        RestClientBeans beans = new RestClientBeans();
        RestTemplateBuilder builder = new RestTemplateBuilder().additionalInterceptors(new TracingRequestInterceptor());

        assertThat(bean(beans, bean(beans, builder).build()).getInterceptors()).hasSize(1);
    }

    @Test
    void builderOfWebClientsThatComesTwice_tracesOnce() {
        WebClientBeans beans = new WebClientBeans();
        List<ExchangeFilterFunction> filters = new ArrayList<>();

        bean(beans, bean(beans, WebClient.builder().filter(new TracingExchangeFilter())))
                .filters(filters::addAll);

        assertThat(filters).hasSize(1);
    }

    @Test
    void lengthThatIsNoNumber_isNotRecordedAndDoesNoHarm() throws Exception {
        try (RawServer server = new RawServer("HTTP/1.1 200 OK", "Content-Length: 12x", "Connection: close")) {
            RestClient client = RestClient.builder()
                    .requestFactory(new SimpleClientHttpRequestFactory())
                    .requestInterceptor(new TracingRequestInterceptor())
                    .build();

            Integer status = Tracing.call(
                    "job",
                    job -> client.get()
                            .uri(server.url())
                            .exchange((request, response) ->
                                    response.getStatusCode().value()));

            assertThat(status).isEqualTo(200);
        }
        assertAnswered();
    }

    @Test
    void lengthThatIsNoNumberForAWebClient_isNotRecordedAndDoesNoHarm() {
        WebClient client = WebClient.builder()
                .filter(new TracingExchangeFilter())
                .exchangeFunction(request -> Mono.just(ClientResponse.create(HttpStatus.OK)
                        .header("Content-Length", "12x")
                        .build()))
                .build();

        Integer status = Tracing.call(
                "job",
                job -> client.get()
                        .uri("http://localhost/")
                        .exchangeToMono(
                                response -> Mono.just(response.statusCode().value()))
                        .blockOptional()
                        .orElseThrow());

        assertThat(status).isEqualTo(200);
        assertAnswered();
    }

    private static void assertAnswered() {
        assertThat(MemoryProvider.named("localhost")).singleElement().satisfies(call -> {
            assertThat(call.outcome()).isEqualTo(Outcome.OK);
            assertThat(Objects.requireNonNull(call.response()).status()).isEqualTo(200);
            assertThat(call.response().contentLength()).isZero();
        });
    }
}
