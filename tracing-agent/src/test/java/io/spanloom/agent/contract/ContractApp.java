package io.spanloom.agent.contract;

import io.spanloom.Outcome;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.MemorySpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Function;

/**
 * Calls every shape with every outcome, and prints for each whether the caller and the backend saw what they should:
 * {@code varargs error: ok}. Runs as a user's program does, with whatever weaves around it.
 */
public final class ContractApp {

    static final List<String> OUTCOMES = List.of("returns", "exception", "sneaky", "error");

    private static final List<MemorySpan> ENDED = Collections.synchronizedList(new ArrayList<>());

    private ContractApp() {}

    /** A call, what it returns, and the spans that it makes, in the order of their ends. */
    private record Shape(Function<Throwable, Object> call, Object result, List<String> spans) {}

    private static Map<String, Shape> shapes() {
        Guest guest = new Guest();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("instance", new Shape(guest::plain, "plain", List.of("Guest.plain")));
        shapes.put("static", new Shape(t -> Guest.ofClass(t, 7L), 7L, List.of("Guest.ofClass{n=7}")));
        shapes.put("private, self-invoked", new Shape(guest::callsHidden, 1, List.of("Guest.hidden")));
        shapes.put("final", new Shape(guest::unchangeable, true, List.of("Guest.unchangeable")));
        shapes.put("synchronized", new Shape(guest::locked, 2.5, List.of("Guest.locked")));
        shapes.put("generic", new Shape(t -> guest.generic(t, "x"), "x", List.of("Guest.generic")));
        shapes.put("varargs", new Shape(t -> guest.varargs(t, 1, 2, 3), 3, List.of("Guest.varargs")));
        shapes.put("void", new Shape(t -> voidly(guest, t), null, List.of("Guest.nothing")));
        shapes.put(
                "captures",
                new Shape(t -> guest.captured(t, "ab"), "abab", List.of("Guest.captured{size=2, result=4}")));
        shapes.put("branches", new Shape(t -> guest.branches(t, 4), 46, List.of("Guest.branches")));
        shapes.put("nested", new Shape(guest::outer, 2, List.of("inner", "Guest.outer")));
        shapes.put("with a lambda", new Shape(guest::closes, "lambdatrue", List.of("Guest.closes")));
        shapes.put(
                "inner class",
                new Shape(t -> guest.new Inner().inside(t), "1inside", List.of("Guest.hidden", "Inner.inside")));
        shapes.put("anonymous class", new Shape(t -> Guest.anonymous(t).get(), "anonymous", List.of("anonymous")));
        shapes.put("enum", new Shape(Guest.Mood.GOOD::say, "GOOD", List.of("Mood.say")));
        shapes.put("enum constant", new Shape(Guest.Mood.GOOD::feel, "good", List.of("body")));
        shapes.put("record", new Shape(new Guest.Point(1, 2)::sum, 3, List.of("Point.sum")));
        shapes.put("interface default", new Shape(new Guest.Polite()::greet, "hello", List.of("Greeter.greet")));
        shapes.put("interface static", new Shape(Guest.Greeter::bye, "bye", List.of("Greeter.bye")));
        shapes.put("interface private", new Shape(new Guest.Polite()::whispers, "psst", List.of("Greeter.whisper")));
        Guest.Box<String> box = new Guest.StringBox();
        shapes.put("bridged", new Shape(t -> box.open(t, "v"), "v", List.of("StringBox.open")));
        shapes.put("annotated type", new Shape(new Guest.Whole()::work, "n", List.of("Whole.work")));
        shapes.put("future", new Shape(t -> completed(t, guest::future), "later", List.of("Guest.future{result=5}")));
        shapes.put("stage", new Shape(t -> completed(t, guest::stage), "later", List.of("Guest.stage{result=5}")));
        shapes.put(
                "future as Object",
                new Shape(t -> completed(t, guest::anything), "later", List.of("Guest.anything{result=later}")));
        shapes.put(
                "own future",
                new Shape(t -> completed(t, Guest::ownFuture), "later", List.of("Guest.ownFuture{result=5}")));
        shapes.put("publisher", new Shape(t -> subscribed(t, guest), "later", List.of("Guest.publisher{result=5}")));
        shapes.put("publisher, at once", new Shape(guest::publisherAtOnce, null, List.of("Guest.publisherAtOnce")));
        return shapes;
    }

    /** Calls a method that gives what it is given, and completes that with the outcome. */
    private static Object completed(Throwable outcome, Function<Guest.OwnFuture, Object> call) {
        Guest.OwnFuture given = new Guest.OwnFuture();
        if (call.apply(given) != given) {
            return "another object";
        }
        if (!ENDED.isEmpty() || Tracing.current() != Span.noop()) {
            return "ended or current at return";
        }
        if (outcome == null) {
            given.complete("later");
        } else {
            given.completeExceptionally(outcome);
        }
        Guest.<Error>end(outcome);
        return given.join();
    }

    private static Object subscribed(Throwable outcome, Guest guest) {
        Flow.Publisher<String> given = subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                if (outcome == null) {
                    subscriber.onNext("later");
                    subscriber.onComplete();
                } else {
                    subscriber.onError(outcome);
                }
            }

            @Override
            public void cancel() {}
        });
        Flow.Publisher<String> returned = guest.publisher(5, given);
        if (!ENDED.isEmpty() || Tracing.current() != Span.noop()) {
            return "ended or current at return";
        }
        List<Object> seen = new ArrayList<>();
        returned.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(1);
            }

            @Override
            public void onNext(String item) {
                seen.add(item);
            }

            @Override
            public void onError(Throwable thrown) {
                seen.add(thrown == outcome ? "failed" : thrown);
            }

            @Override
            public void onComplete() {}
        });
        if (seen.equals(List.of("failed"))) {
            Guest.<Error>end(outcome);
        }
        return seen.get(0);
    }

    private static Object voidly(Guest guest, Throwable outcome) {
        guest.nothing(outcome);
        return null;
    }

    private static Throwable thrown(String outcome) {
        return switch (outcome) {
            case "exception" -> new IllegalStateException("expected");
            case "sneaky" -> new IOException("expected");
            case "error" -> new AssertionError("expected");
            default -> null;
        };
    }

    /** @param args {@code install}: by the weaver itself; {@code again}: once more after another agent's retransformation */
    public static void main(String[] args) throws Exception {
        List<String> orders = List.of(args);
        if (orders.contains("install")) {
            Asking.install();
        }
        if (orders.contains("ask first")) {
            Asking.explain(); // before any class of this program has been woven
        }
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .service("contract")
                .backend("contract")
                .provider(new Memory())
                .build());
        System.out.println("module: " + ContractApp.class.getModule().getName());
        table();
        if (orders.contains("again")) {
            Class.forName("io.spanloom.agent.contract.SecondAgent", true, ClassLoader.getSystemClassLoader())
                    .getMethod("retransformAll")
                    .invoke(null);
            System.out.println("after retransformation");
            table();
        }
        if (orders.contains("loaders")) {
            Loaders.run(ENDED);
        }
        if (orders.contains("explain")) {
            Asking.explain(Class.forName("old.Old"));
        }
    }

    private static void table() {
        shapes().forEach((name, shape) -> {
            for (String outcome : OUTCOMES) {
                System.out.println(name + " " + outcome + ": " + judge(shape, outcome));
            }
        });
    }

    private static String judge(Shape shape, String outcome) {
        ENDED.clear();
        Throwable toThrow = thrown(outcome);
        int frames = toThrow == null ? 0 : toThrow.getStackTrace().length;
        try {
            Object result = shape.call.apply(toThrow);
            if (toThrow != null || !Objects.equals(result, shape.result)) {
                return "WRONG result " + result;
            }
        } catch (Throwable arrived) {
            if (arrived != toThrow || arrived.getStackTrace().length != frames || arrived.getSuppressed().length > 0) {
                return "WRONG exception " + arrived;
            }
        }
        if (Tracing.current() != Span.noop()) {
            return "WRONG a span is left current";
        }
        List<String> names = new ArrayList<>();
        for (MemorySpan span : ENDED) {
            boolean failed = span.outcome() == Outcome.FAULT;
            if (failed != (toThrow != null)) {
                return "WRONG outcome " + span.outcome() + " of " + span.name();
            }
            names.add(span.name() + (span.annotations().isEmpty() ? "" : span.annotations()));
        }
        return names.equals(expected(shape.spans, toThrow != null)) ? "ok" : "WRONG spans " + names;
    }

    /** Without what is recorded of a result, and without what would have come after the exception. */
    private static List<String> expected(List<String> spans, boolean thrown) {
        return !thrown
                ? spans
                : spans.stream()
                        .map(name -> name.replace(", result=4", "")
                                .replaceAll("(future|stage|anything|ownFuture)\\{result=.*}", "$1"))
                        .filter(name -> spans.size() == 1 || !name.equals("Guest.hidden"))
                        .toList();
    }

    /** Its own provider, given by code: the same on the class path and in a module. */
    private static final class Memory implements BackendProvider {
        @Override
        public String name() {
            return "contract";
        }

        @Override
        public Backend create(TracingConfig config) {
            return new MemoryBackend(name(), config.sampler(), ENDED::add);
        }
    }
}
