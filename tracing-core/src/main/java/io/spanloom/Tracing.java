package io.spanloom;

import io.spanloom.SpanSpec.Placement;
import io.spanloom.internal.Fatal;
import io.spanloom.internal.async.Returned;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.Reporter;
import io.spanloom.spi.SamplingRequest;
import io.spanloom.spi.SpanSeed;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The facade: starts spans on whatever backend is configured, carries traces between threads and services.
 *
 * <pre>{@code
 * List<Activity> results = Tracing.call("activities-notifications", span -> {
 *     List<Activity> found = repository.findAll();
 *     span.metadata("activities/notifications", "results", found);
 *     return found;
 * });
 * }</pre>
 *
 * <p><b>Which method?</b> {@link #call} and {@link #run} are the first choice: they see the exception, too.
 * {@link #span} begins a trace where there is none, as {@code @Traced} does; {@link #subsegment} is always a child of
 * what is current, as {@code @Subsegment} is; {@link #segment} is a request, job or message.
 *
 * <p><b>Contract.</b> All methods may be called from any thread at any time. Nothing here throws into the application,
 * except null arguments to what wraps or configures, and {@link #reconfigure} on a wrong configuration. No result is
 * ever null: where nothing is traced, spans do nothing. The first span sets tracing up from {@code tracing.properties},
 * the environment and system properties; see {@link TracingConfig}.
 */
public final class Tracing {

    private static final SpecCache SPANS = new SpecCache(Placement.SPAN, SpanKind.INTERNAL);
    private static final SpecCache SUBSEGMENTS = new SpecCache(Placement.SUBSEGMENT, SpanKind.INTERNAL);
    private static final SpecCache SEGMENTS = new SpecCache(Placement.SEGMENT, SpanKind.INTERNAL);
    private static final SpecCache REQUESTS = new SpecCache(Placement.SEGMENT, SpanKind.SERVER);

    private Tracing() {}

    // --- spans -------------------------------------------------------------------------------------------------------

    /**
     * Calls the body in a {@linkplain #span(String) span}. Its result and its exception pass through unchanged.
     *
     * <p>A result that completes later ({@link java.util.concurrent.CompletionStage} and the other types of
     * {@link io.spanloom.spi.AsyncResultType}) ends the span then; the span is current on this thread until the body
     * returns. A publisher is decorated, so that each subscription is a span, the first of them the one that the body saw;
     * where it is of a class of its own, which the caller may name, it stays as it is and the span ends at return.
     */
    public static <T extends @Nullable Object, X extends Throwable> T call(String name, SpanFunction<T, X> body)
            throws X {
        Span span = span(name);
        T result = applied(span, body);
        return endsNow(result, span) ? ended(span, result) : followed(result, span, name, null, body);
    }

    /** As {@link #call(String, SpanFunction)}, in a span of this spec. */
    public static <T extends @Nullable Object, X extends Throwable> T call(SpanSpec spec, SpanFunction<T, X> body)
            throws X {
        Span span = span(spec);
        T result = applied(span, body);
        return endsNow(result, span) ? ended(span, result) : followed(result, span, null, spec, body);
    }

    private static <T extends @Nullable Object, X extends Throwable> T applied(Span span, SpanFunction<T, X> body)
            throws X {
        try {
            return body.apply(span);
        } catch (Throwable failure) {
            span.close(failure);
            throw failure;
        }
    }

    private static boolean endsNow(@Nullable Object result, Span span) {
        return result == null || !span.isRecording() || Returned.isComplete(result);
    }

    private static <T extends @Nullable Object> T ended(Span span, T result) {
        span.close();
        return result;
    }

    @SuppressWarnings("unchecked") // the result itself, or what may stand in its place
    private static <T extends @Nullable Object> T followed(
            T result, Span span, @Nullable String name, @Nullable SpanSpec spec, Object body) {
        return (T) Returned.ofCall(result, span, () -> spec != null ? spec : SPANS.named(name), body);
    }

    /** Runs the body in a {@linkplain #span(String) span}. Its exception passes through unchanged. */
    public static <X extends Throwable> void run(String name, SpanConsumer<X> body) throws X {
        run(span(name), body);
    }

    /** Runs the body in a span of this spec. Its exception passes through unchanged. */
    public static <X extends Throwable> void run(SpanSpec spec, SpanConsumer<X> body) throws X {
        run(span(spec), body);
    }

    private static <X extends Throwable> void run(Span span, SpanConsumer<X> body) throws X {
        Throwable thrown = null;
        try {
            body.accept(span);
        } catch (Throwable failure) {
            thrown = failure;
            throw failure;
        } finally {
            span.close(thrown);
        }
    }

    /** A child of what is current, or the root of a new trace where nothing is. Close it. */
    public static Span span(String name) {
        return start(SPANS, name);
    }

    /** A span as its spec describes it. Close it. */
    public static Span span(SpanSpec spec) {
        return start(Lifecycle.active(), spec, null);
    }

    /**
     * A child of what is current. Where nothing is, {@code tracing.context-missing} decides: {@code ignore} (a span that
     * does nothing), {@code warn} (the same, and said), {@code root} (the root of a new trace). Close it.
     */
    public static Span subsegment(String name) {
        return start(SUBSEGMENTS, name);
    }

    /**
     * A request, job or message of its own: the root of a new trace, or, while something is current, a new segment of
     * the same trace below it. Its close makes the outer one current again.
     */
    public static Span segment(String name) {
        return start(SEGMENTS, name);
    }

    /**
     * A request that came with headers: a segment of the trace that they name, else as {@link #segment(String)}.
     *
     * <pre>{@code
     * try (Span span = Tracing.segment("GET /api/activities/home", headers, HttpHeaders::firstValue)) { ... }
     * }</pre>
     *
     * <p>{@code X-Amzn-Trace-Id} and {@code traceparent} are read, the first valid one in this order wins
     * ({@code tracing.propagation} changes both, and adds b3). A decision to record that came along is honoured and not taken again.
     */
    public static <C> Span segment(String name, C carrier, CarrierGetter<C> getter) {
        return isEnabled() ? segment(REQUESTS.named(name), carrier, getter) : Span.noop();
    }

    /**
     * As {@link #segment(String, Object, CarrierGetter)}; the request is recorded, and sampling rules see its method, path
     * and host before they decide.
     *
     * <pre>{@code
     * Http.Request request = Http.request("GET", "http://localhost/api/activities/home");
     * try (Span span = Tracing.segment("GET /api/activities/home", request, headers, HttpHeaders::firstValue)) { ... }
     * }</pre>
     *
     * <p>Without it, rules see what the name says ({@code GET /api/activities/home}) and the carrier's {@code Host}.
     */
    public static <C> Span segment(String name, Http.Request request, C carrier, CarrierGetter<C> getter) {
        return isEnabled() ? segment(REQUESTS.named(name), request, carrier, getter) : Span.noop();
    }

    /** As {@link #segment(String, Http.Request, Object, CarrierGetter)}, with a spec. */
    public static <C> Span segment(SpanSpec spec, Http.Request request, C carrier, CarrierGetter<C> getter) {
        Span span = received(spec, request, carrier, getter);
        return request == null ? span : span.http(request);
    }

    /** As {@link #segment(String, Object, CarrierGetter)}, for a message ({@link SpanKind#CONSUMER}) for example. */
    public static <C> Span segment(SpanSpec spec, C carrier, CarrierGetter<C> getter) {
        return received(spec, null, carrier, getter);
    }

    private static <C> Span received(
            SpanSpec spec, Http.@Nullable Request request, C carrier, CarrierGetter<C> getter) {
        Setup setup = Lifecycle.active();
        if (setup.backend() == Backend.none() || spec == null) {
            return Span.noop();
        }
        SpanSpec placed = spec.placement() == Placement.SEGMENT ? spec : spec.placement(Placement.SEGMENT);
        SpanSeed seed =
                carrier == null || getter == null ? null : setup.propagation().extract(carrier, getter);
        boolean undecided = seed == null || seed.sampled() == null;
        String service = setup.naming().service(placed, request, carrier, getter);
        if (service != null) {
            seed = SpanSeed.servedBy(seed, service);
        }
        if (undecided && setup.describesRequests()) {
            SamplingRequest asked = RequestDescription.of(placed, request, carrier, getter);
            seed = SpanSeed.asking(seed, service == null ? asked : asked.servedBy(service));
        }
        Span span = start(setup, placed, seed);
        if (seed != null && (seed.traceState() != null || seed.xrayExtras() != null) && span != Span.noop()) {
            span.extras().pass(seed.traceState(), seed.xrayExtras());
        }
        if (undecided && span != Span.noop() && asksForDecision(setup, carrier, getter)) {
            span.extras().asked();
        }
        return span;
    }

    private static <C> boolean asksForDecision(Setup setup, @Nullable C carrier, @Nullable CarrierGetter<C> getter) {
        return carrier != null && getter != null && setup.propagation().asksForDecision(carrier, getter);
    }

    /** The span that is current on this thread; one that does nothing where none is. Never null. */
    public static Span current() {
        Setup setup = Lifecycle.active();
        try {
            return setup.current();
        } catch (Throwable thrown) {
            refused("tell what is current", thrown);
            return Span.noop();
        }
    }

    /** While tracing is off, a name is not even looked at. */
    private static Span start(SpecCache specs, @Nullable String name) {
        Setup setup = Lifecycle.active();
        return setup.backend() == Backend.none() ? Span.noop() : start(setup, specs.named(name), null);
    }

    private static Span started(Setup setup, SpanSpec spec, @Nullable SpanSeed seed) {
        Backend backend = setup.backend();
        if (spec.isNewRoot() && (seed == null || !seed.newRoot())) {
            return newRoot(backend, spec, seed == null ? SpanSeed.ROOT : seed.asNewRoot());
        }
        Span span = Objects.requireNonNull(backend.start(spec, seed), "the backend gave no span");
        return span == Span.noop() && spec.placement() == Placement.SUBSEGMENT ? contextMissing(setup, spec) : span;
    }

    private static Span newRoot(Backend backend, SpanSpec spec, SpanSeed seed) {
        Span before = spec.isLinked() ? backend.current() : Span.noop();
        Span root = Objects.requireNonNull(backend.start(spec, seed), "the backend gave no span");
        return before == Span.noop() ? root : root.link(before.traceId(), before.spanId());
    }

    private static Span start(Setup setup, @Nullable SpanSpec spec, @Nullable SpanSeed seed) {
        Backend backend = setup.backend();
        if (backend == Backend.none() || spec == null) {
            return Span.noop();
        }
        try {
            Span span = setup.listening().begun(backend, spec, started(setup, spec, seed));
            LeakDetector leaks = setup.leaks();
            if (leaks != null) {
                leaks.opened(span);
            }
            LogContext.follow();
            return span;
        } catch (Throwable thrown) {
            refused("start a span", thrown);
            return Span.noop();
        }
    }

    private static Span contextMissing(Setup setup, SpanSpec spec) {
        switch (setup.contextMissing()) {
            case ROOT -> {
                return setup.backend().start(spec.placement(Placement.SPAN), null);
            }
            case WARN ->
                Reporter.warn(
                        "TRC-010",
                        "the subsegment '" + spec.name() + "' was not recorded: no segment is current on thread "
                                + Thread.currentThread().getName());
            case IGNORE -> {}
        }
        return Span.noop();
    }

    // --- threads -----------------------------------------------------------------------------------------------------

    /** What is current on this thread, to be made current on another. */
    public static TraceContext capture() {
        Setup setup = Lifecycle.active();
        return setup.backend() == Backend.none() ? TraceContext.nothing() : TraceContext.of(setup);
    }

    /** The task with what is current here, wherever it runs. One that is wrapped already keeps what it has. */
    public static Runnable wrap(Runnable task) {
        return TracedRunnable.of(task);
    }

    /**
     * An executor whose tasks run with what was current where they were submitted. Wrapped, an {@link ExecutorService} is
     * one, too; a wrapped one stays as it is.
     */
    public static Executor wrap(Executor executor) {
        return TracingExecutor.of(Objects.requireNonNull(executor, "executor"));
    }

    /**
     * An executor whose tasks run with what was current where they were submitted; all else is the executor's own:
     * futures, exceptions, cancellation, shutdown, close. Code that asks {@code instanceof ThreadPoolExecutor} must ask
     * {@link #unwrap}.
     */
    public static ExecutorService wrap(ExecutorService executor) {
        return TracingExecutor.of(Objects.requireNonNull(executor, "executor"));
    }

    /**
     * As {@link #wrap(ExecutorService)}. A repeated task runs every time with what was current where it was scheduled:
     * schedule one that outlives the request on the executor itself.
     */
    public static ScheduledExecutorService wrap(ScheduledExecutorService executor) {
        return TracingExecutor.of(Objects.requireNonNull(executor, "executor"));
    }

    /** The executor that was wrapped; an executor that was not is given back as it is. */
    public static Executor unwrap(Executor executor) {
        return TracingExecutor.unwrap(Objects.requireNonNull(executor, "executor"));
    }

    /** Threads that run with what is current where each is made, such as those that a library asks a factory for. */
    public static ThreadFactory wrapThreadFactory(ThreadFactory factory) {
        Objects.requireNonNull(factory, "factory");
        return task -> factory.newThread(wrap(task));
    }

    /** A task for a {@link java.util.Timer} with what is current here. Cancel the one that is returned. */
    public static TimerTask wrapTimerTask(Runnable task) {
        return new TracedTimerTask(task);
    }

    /**
     * A future that completes as this one does, and whose stages, and theirs, each run with what was current where they
     * were added, whoever completes them. Cancelling it cancels this one.
     */
    public static <T extends @Nullable Object> CompletableFuture<T> wrapFuture(CompletableFuture<T> future) {
        return TracedFuture.of(Objects.requireNonNull(future, "future"));
    }

    /** The task with what is current here, wherever it is called. One that is wrapped already keeps what it has. */
    public static <T extends @Nullable Object> Callable<T> wrapCallable(Callable<T> task) {
        return TracedCallable.of(task);
    }

    /** The supplier with what is current here, wherever it is called. */
    public static <T extends @Nullable Object> Supplier<T> wrapSupplier(Supplier<T> supplier) {
        Objects.requireNonNull(supplier, "supplier");
        TraceContext context = capture();
        return () -> context.get(supplier);
    }

    /** The consumer with what is current here, wherever it is called. */
    public static <T extends @Nullable Object> Consumer<T> wrapConsumer(Consumer<T> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        TraceContext context = capture();
        return value -> context.run(() -> consumer.accept(value));
    }

    /** The consumer with what is current here, wherever it is called. */
    public static <T extends @Nullable Object, U extends @Nullable Object> BiConsumer<T, U> wrapBiConsumer(
            BiConsumer<T, U> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        TraceContext context = capture();
        return (first, second) -> context.run(() -> consumer.accept(first, second));
    }

    /** The function with what is current here, wherever it is called. */
    public static <T extends @Nullable Object, R extends @Nullable Object> Function<T, R> wrapFunction(
            Function<T, R> function) {
        Objects.requireNonNull(function, "function");
        TraceContext context = capture();
        return value -> context.get(() -> function.apply(value));
    }

    /** The function with what is current here, wherever it is called. */
    public static <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object>
            BiFunction<T, U, R> wrapBiFunction(BiFunction<T, U, R> function) {
        Objects.requireNonNull(function, "function");
        TraceContext context = capture();
        return (first, second) -> context.get(() -> function.apply(first, second));
    }

    /** The predicate with what is current here, wherever it is called. */
    public static <T extends @Nullable Object> Predicate<T> wrapPredicate(Predicate<T> predicate) {
        Objects.requireNonNull(predicate, "predicate");
        TraceContext context = capture();
        return value -> context.get(() -> predicate.test(value));
    }

    // --- services ----------------------------------------------------------------------------------------------------

    /**
     * Writes the current span's ids to a call's headers: {@code X-Amzn-Trace-Id}, {@code traceparent}, or both, as the
     * backends speak (or {@code tracing.propagation} says). Writes nothing where nothing is current.
     *
     * <pre>{@code Tracing.inject(request, HttpRequest.Builder::setHeader);}</pre>
     */
    public static <C> void inject(C carrier, CarrierSetter<C> setter) {
        Setup setup = Lifecycle.active();
        if (setup.backend() == Backend.none() || carrier == null || setter == null) {
            return;
        }
        try {
            Span span = setup.current();
            if (span != Span.noop()) {
                setup.propagation().inject(span, carrier, setter);
            }
        } catch (Throwable thrown) {
            refused("tell what is current", thrown);
        }
    }

    /**
     * Writes to a request's answer which trace it belongs to: {@code X-Amzn-Trace-Id: Root=...}, where that is among the
     * headers that are written; and, where the caller asked by {@code Sampled=?}, whether the trace is recorded
     * ({@code Sampled=1} or {@code 0}).
     *
     * <pre>{@code Tracing.answer(span, exchange.getResponseHeaders(), Headers::set);}</pre>
     *
     * @param span the request's, as {@code segment} gave it
     */
    public static <C> void answer(Span span, C carrier, CarrierSetter<C> setter) {
        Setup setup = Lifecycle.active();
        if (span != null && span != Span.noop() && carrier != null && setter != null) {
            setup.propagation().answer(span, carrier, setter);
        }
    }

    // --- operation ---------------------------------------------------------------------------------------------------

    /**
     * Puts a configuration in force at once, without stopping anything: new spans go to its backends, spans in flight
     * end where they began, as long as they do so within 30 seconds and eight further reconfigurations.
     *
     * @throws TracingConfigException where a backend is not there or cannot work so; then nothing has changed
     */
    public static void reconfigure(TracingConfig config) {
        Lifecycle.reconfigure(Objects.requireNonNull(config, "config"));
    }

    /**
     * Puts a configuration in force until the scope closes, on whatever thread; then what was in force before is again,
     * the very same. Nothing is set up for that which was not, and nothing of what was is stopped: for tests.
     *
     * @throws TracingConfigException where a backend is not there or cannot work so; then nothing has changed
     */
    public static Scope override(TracingConfig config) {
        return Lifecycle.override(Objects.requireNonNull(config, "config"));
    }

    /** What is in force. */
    public static TracingConfig config() {
        return Lifecycle.active().config();
    }

    /** Whether any backend is in force. False costs nothing. */
    public static boolean isEnabled() {
        return Lifecycle.active().backend() != Backend.none();
    }

    /** What happened so far to the spans of the backends in force. */
    public static BackendStats stats() {
        return Lifecycle.active().stats();
    }

    /**
     * What is configured and where it comes from, what is woven, sampled, sent and dropped, whether daemon and collector can be
     * reached, what has been said so far; for each problem its cure. Never throws; waits for answers, two seconds for each
     * place that spans go to: not for threads that answer requests.
     */
    public static Diagnosis doctor() {
        return Doctor.examine();
    }

    /**
     * The spans and scopes that are open now, and where each was opened; empty unless {@code tracing.debug.leaks} is on.
     */
    public static List<Opened> opened() {
        LeakDetector leaks = Lifecycle.active().leaks();
        return leaks == null ? List.of() : leaks.open();
    }

    /** Waits until what has ended so far is delivered or counted as dropped; false where that takes longer. */
    public static boolean flush(Duration timeout) {
        return Lifecycle.flush(timeout);
    }

    /**
     * Delivers what is queued (for at most two seconds) and lets go of all threads. The next span sets tracing up again.
     *
     * <p>When the JVM ends, what is queued is delivered by itself, and what still ends meanwhile: for as long as one span
     * follows another within 100 ms, two seconds at most. Call this where an application ends earlier than its JVM, and
     * last in a graceful stop (a shutdown hook of the application's own) that takes longer than that.
     */
    public static void shutdown() {
        Lifecycle.shutdown();
    }

    private static void refused(String what, Throwable thrown) {
        Fatal.rethrow(thrown);
        Reporter.warn("TRC-021", "the backend could not " + what + "; the application is not affected", thrown);
    }
}
