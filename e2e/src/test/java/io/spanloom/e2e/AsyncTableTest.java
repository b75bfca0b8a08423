package io.spanloom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.annotation.Traced;
import io.spanloom.desk.Trace;
import io.spanloom.desk.TraceDesk;
import io.spanloom.desk.TraceSpan;
import io.spanloom.weave.Weaver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Return type times outcome times backend, as it arrives: each ends once, with the right flag, and is the same object. */
class AsyncTableTest {

    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
    private static final List<String> OUTCOMES = List.of("completes", "fails", "is cancelled", "never completes");

    static final class OwnFuture extends CompletableFuture<String> {}

    static class Shop {
        @Traced("later")
        CompletionStage<String> stage(CompletionStage<String> given) {
            return given;
        }

        @Traced("later")
        CompletableFuture<String> future(CompletableFuture<String> given) {
            return given;
        }

        @Traced("later")
        OwnFuture own(OwnFuture given) {
            return given;
        }

        @Traced("later")
        Object object(Object given) {
            return given;
        }

        @Traced("later")
        ListenableFuture<String> guava(ListenableFuture<String> given) {
            return given;
        }

        @Traced("later")
        Mono<String> mono(Mono<String> given) {
            return given;
        }

        @Traced("later")
        Flux<String> flux(Flux<String> given) {
            return given;
        }

        @Traced("later")
        Publisher<String> publisher(Publisher<String> given) {
            return given;
        }

        @Traced("later")
        Flow.Publisher<String> flow(Flow.Publisher<String> given) {
            return given;
        }
    }

    private final Shop shop = new Shop();

    /** Begins the call and gives what brings about its outcome, afterwards and elsewhere. */
    private final Map<String, BiFunction<String, Throwable, Runnable>> types = new LinkedHashMap<>();

    {
        types.put(
                "CompletionStage",
                (outcome, failure) -> completing(new CompletableFuture<>(), shop::stage, outcome, failure));
        types.put(
                "CompletableFuture",
                (outcome, failure) -> completing(new CompletableFuture<>(), shop::future, outcome, failure));
        types.put("own subclass", (outcome, failure) -> completing(new OwnFuture(), shop::own, outcome, failure));
        types.put(
                "Object", (outcome, failure) -> completing(new CompletableFuture<>(), shop::object, outcome, failure));
        types.put("ListenableFuture", (outcome, failure) -> {
            SettableFuture<String> given = SettableFuture.create();
            ListenableFuture<String> returned = shop.guava(given);
            assertThat((Object) returned).isSameAs(given);
            return () -> {
                switch (outcome) {
                    case "completes" -> given.set("value");
                    case "fails" -> given.setException(failure);
                    case "is cancelled" -> returned.cancel(true);
                    default -> {}
                }
            };
        });
        types.put("Mono", (outcome, failure) -> {
            Sinks.One<String> sink = Sinks.one();
            Disposable subscription = shop.mono(sink.asMono()).subscribe(item -> {}, thrown -> {});
            return emitting(outcome, subscription, () -> sink.tryEmitValue("value"), () -> sink.tryEmitError(failure));
        });
        types.put("Flux", (outcome, failure) -> {
            Sinks.Many<String> sink = Sinks.many().unicast().onBackpressureBuffer();
            Disposable subscription = shop.flux(sink.asFlux()).subscribe(item -> {}, thrown -> {});
            return emitting(outcome, subscription, () -> complete(sink), () -> sink.tryEmitError(failure));
        });
        types.put("Publisher", (outcome, failure) -> {
            Sinks.Many<String> sink = Sinks.many().unicast().onBackpressureBuffer();
            Publisher<String> given = subscriber -> sink.asFlux().subscribe(subscriber);
            Disposable subscription = Flux.from(shop.publisher(given)).subscribe(item -> {}, thrown -> {});
            return emitting(outcome, subscription, () -> complete(sink), () -> sink.tryEmitError(failure));
        });
        types.put("Flow.Publisher", (outcome, failure) -> {
            Sinks.Many<String> sink = Sinks.many().unicast().onBackpressureBuffer();
            Disposable subscription = JdkFlowAdapter.flowPublisherToFlux(
                            shop.flow(JdkFlowAdapter.publisherToFlowPublisher(sink.asFlux())))
                    .subscribe(item -> {}, thrown -> {});
            return emitting(outcome, subscription, () -> complete(sink), () -> sink.tryEmitError(failure));
        });
    }

    private static void complete(Sinks.Many<String> sink) {
        sink.tryEmitNext("one");
        sink.tryEmitNext("two");
        sink.tryEmitComplete();
    }

    private static <F extends CompletableFuture<String>> Runnable completing(
            F given, java.util.function.Function<F, Object> call, String outcome, Throwable failure) {
        Object returned = call.apply(given);
        assertThat(returned).isSameAs(given);
        return () -> {
            switch (outcome) {
                case "completes" -> given.complete("value");
                case "fails" -> given.completeExceptionally(failure);
                case "is cancelled" -> ((CompletableFuture<?>) returned).cancel(true);
                default -> {}
            }
        };
    }

    private static Runnable emitting(String outcome, Disposable subscription, Runnable value, Runnable failure) {
        return () -> {
            switch (outcome) {
                case "completes" -> value.run();
                case "fails" -> failure.run();
                case "is cancelled" -> subscription.dispose();
                default -> {}
            }
        };
    }

    @BeforeAll
    static void weave() {
        assertThat(Weaver.install().installed()).isTrue();
    }

    @AfterEach
    void off() {
        Tracing.shutdown();
        System.clearProperty(ENDPOINT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xray", "otel", "xray,otel"})
    void everyTypeWithEveryOutcome_endsOnceWithTheRightFlag(String backend) throws Exception {
        Map<String, String> table = new LinkedHashMap<>();
        try (TraceDesk desk = TraceDesk.start()) {
            System.setProperty(ENDPOINT, "http://" + address(desk.otlpAddress()));
            Tracing.reconfigure(TracingConfig.builder()
                    .alone()
                    .service("async")
                    .backend(backend)
                    .set("tracing.xray.daemon-address", address(desk.xrayAddress()))
                    .set("tracing.otel.sdk", "own")
                    .build());
            for (String type : types.keySet()) {
                for (String outcome : OUTCOMES) {
                    Runnable[] end = new Runnable[1];
                    Tracing.run(
                            type + " " + outcome,
                            root -> end[0] = types.get(type).apply(outcome, new IOException("disk full")));
                    Thread elsewhere = new Thread(end[0]);
                    elsewhere.start();
                    elsewhere.join();
                }
            }
            assertThat(Tracing.flush(Duration.ofSeconds(10))).isTrue();
            List<Trace> traces = desk.awaitTraces(types.size() * OUTCOMES.size(), Duration.ofSeconds(20));
            for (Trace trace : traces) {
                String root = trace.spans().get(0).name();
                table.put(
                        root,
                        verdict(root, trace.spans().subList(1, trace.spans().size())));
            }
        }

        System.out.println(backend);
        table.forEach((row, verdict) -> System.out.printf("  %-36s %s%n", row, verdict));
        assertThat(table)
                .hasSize(types.size() * OUTCOMES.size())
                .allSatisfy((row, verdict) -> assertThat(verdict).as(row).startsWith("once, "));
    }

    private static String verdict(String root, List<TraceSpan> below) {
        if (root.endsWith("never completes")) {
            boolean marked = below.stream()
                    .allMatch(span ->
                            span.metadata().getOrDefault("spanloom", Map.of()).containsKey("unfinished"));
            return below.size() > 1 || !marked
                    ? "WRONG " + below
                    : below.isEmpty() ? "once, its trace arrives without it" : "once, marked unfinished";
        }
        if (below.size() != 1 || below.get(0).inProgress()) {
            return "WRONG " + below;
        }
        TraceSpan span = below.get(0);
        boolean fault = span.fault() && span.exceptions().size() == 1;
        boolean cancelled = span.ok() && Boolean.TRUE.equals(span.annotations().get("cancelled"));
        boolean ok =
                span.ok() && span.annotations().isEmpty() && span.exceptions().isEmpty();
        if (root.endsWith("completes") && ok) {
            return "once, ok";
        }
        if (root.endsWith("fails") && fault) {
            return "once, fault with its exception";
        }
        return root.endsWith("is cancelled") && cancelled ? "once, ok and cancelled" : "WRONG " + span;
    }

    private static String address(InetSocketAddress address) {
        return "127.0.0.1:" + address.getPort();
    }
}
