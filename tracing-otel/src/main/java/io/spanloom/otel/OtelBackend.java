package io.spanloom.otel;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.DoctorCheck;
import io.spanloom.spi.Findings;
import io.spanloom.spi.Sampler;
import io.spanloom.spi.SamplingDecision;
import io.spanloom.spi.SpanSeed;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code tracing.backend = otel}: spans become OpenTelemetry spans.
 *
 * <pre>{@code
 * OtelBackend.use(openTelemetry);   // before the first span; only where the application has an instance that is not global
 * }</pre>
 *
 * <p>{@code tracing.otel.sdk} says whose OpenTelemetry that is. {@code attach}: the application's, handed to {@link #use}
 * or set globally. {@code own}: one of ours, set up from the {@code OTEL_*} variables, sending OTLP over HTTP; it is not
 * made global, so that it cannot get in the way of another. {@code auto}, the default: attach where there is one to
 * attach to when tracing is set up, else own.
 *
 * <p>OpenTelemetry's {@link Context} is the only truth about what is current: spans of its other instrumentation nest
 * above and below ours, and baggage stays as it is.
 */
public final class OtelBackend implements Backend, DoctorCheck {

    static final String NAME = "otel";

    private final OtelSource source;
    private final Sampler sampler;
    private final boolean bridged;

    OtelBackend(OtelSource source, Sampler sampler, boolean bridged) {
        this.source = source;
        this.sampler = sampler;
        this.bridged = bridged;
    }

    /**
     * Hands in the application's OpenTelemetry; it goes before the global one. Call it before the first span, or call
     * {@link io.spanloom.Tracing#reconfigure} afterwards. May be called from any thread; never throws.
     *
     * @param openTelemetry the instance, which stays the application's to flush and to close; null takes the last one back
     */
    public static void use(@Nullable OpenTelemetry openTelemetry) {
        AttachedSdk.handIn(openTelemetry);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void check(Findings findings) {
        source.check(findings);
    }

    // --- starting ----------------------------------------------------------------------------------------------------

    @Override
    public Span start(SpanSpec spec, @Nullable SpanSeed seed) {
        Tracer tracer = source.tracer();
        if (tracer == null) {
            return Span.noop();
        }
        Context previous = OtelSpan.current();
        if (seed != null && seed.newRoot()) {
            return root(tracer, spec, seed, Contexts.rootWithBaggageOf(previous), previous);
        }
        io.opentelemetry.api.trace.Span above = io.opentelemetry.api.trace.Span.fromContext(previous);
        OtelSpan parent = OtelSpan.in(previous, above);
        if (parent != null) {
            Span shared = parent.unsampledChild();
            if (shared != null) {
                return shared;
            }
        }
        if (above.getSpanContext().isValid()) {
            return child(tracer, spec, seed, parent, previous);
        }
        return spec.placement() == SpanSpec.Placement.SUBSEGMENT
                ? Span.noop()
                : root(tracer, spec, seed, previous, previous);
    }

    /** The SDK reads an id that it is given letter by letter, and its parent's trace id, too; its own it takes as they are. */
    @Override
    public @Nullable Span startChild(SpanSpec spec) {
        Tracer tracer = source.tracer();
        if (tracer == null || source.tracerOfChildren(tracer) == tracer) {
            return null;
        }
        Context previous = OtelSpan.current();
        OtelSpan parent = OtelSpan.in(previous, io.opentelemetry.api.trace.Span.fromContext(previous));
        return parent == null || !parent.isRecording() ? null : child(tracer, spec, null, parent, previous);
    }

    private Span child(
            Tracer tracer, SpanSpec spec, @Nullable SpanSeed seed, @Nullable OtelSpan parent, Context previous) {
        SpanSpec placed = spec.under(true);
        long start = seed != null && seed.startEpochNanos() != 0
                ? seed.startEpochNanos()
                : parent != null && parent.isRecording() ? parent.clock() : epochNanos();
        Imposed imposed = Imposed.child(seed);
        Tracer making = imposed == null ? source.tracerOfChildren(tracer) : tracer;
        io.opentelemetry.api.trace.Span otel = started(builder(making, placed, previous, start), imposed);
        return entered(
                new OtelSpan(placed, parent, otel, start, previous, previous, bridged, source.isOwn()), seed, false);
    }

    private Span root(Tracer tracer, SpanSpec spec, @Nullable SpanSeed seed, Context base, Context previous) {
        RemoteParent remote = RemoteParent.of(seed);
        SpanSpec placed = spec.under(remote != null);
        Boolean decided = seed == null ? null : seed.sampled();
        boolean leftToSdk = decided == null && source.leavesSamplingToSdk();
        SamplingDecision decision = leftToSdk ? SamplingDecision.RECORD : SamplingDecision.take(sampler, placed, seed);
        boolean sampled = decision.sampled();
        io.opentelemetry.api.trace.Span otel;
        long start = 0;
        if (sampled) {
            Context parents = remote == null ? base : base.with(remote.asSpan());
            start = seed != null && seed.startEpochNanos() != 0 ? seed.startEpochNanos() : epochNanos();
            SpanBuilder builder = builder(tracer, placed, parents, start);
            otel = started(builder, Imposed.root(seed, leftToSdk));
        } else {
            otel = io.opentelemetry.api.trace.Span.wrap(RemoteParent.unsampled(seed));
        }
        boolean unsampledForAll = !sampled || source.isOwn();
        OtelSpan span = new OtelSpan(placed, null, otel, start, base, previous, bridged, unsampledForAll);
        span.isRoot = true;
        if (sampled && decision.rule() != null) {
            span.sampledBy(decision.rule());
        }
        return entered(span, seed, remote == null && placed.kind() != SpanKind.SERVER);
    }

    private static SpanBuilder builder(Tracer tracer, SpanSpec spec, Context parents, long start) {
        SpanBuilder builder =
                tracer.spanBuilder(spec.name()).setParent(parents).setStartTimestamp(start, TimeUnit.NANOSECONDS);
        io.opentelemetry.api.trace.SpanKind kind = kindOf(spec);
        return kind == io.opentelemetry.api.trace.SpanKind.INTERNAL ? builder : builder.setSpanKind(kind);
    }

    private static io.opentelemetry.api.trace.Span started(SpanBuilder builder, @Nullable Imposed imposed) {
        if (imposed == null) {
            return builder.startSpan();
        }
        Imposed.NEXT.set(imposed);
        try {
            return builder.startSpan();
        } finally {
            Imposed.NEXT.set(null); // what remove() takes out, the next one would make anew
        }
    }

    /** Last steps of every start. */
    private Span entered(OtelSpan span, @Nullable SpanSeed seed, boolean ofItsOwn) {
        if (span.isRecording()) {
            describe(span, seed == null ? null : seed.service(), ofItsOwn);
        }
        return span.entered();
    }

    /** What a span's X-Ray document cannot say otherwise: a segment has one name, the service's or the operation's. */
    private void describe(OtelSpan span, @Nullable String servedAs, boolean ofItsOwn) {
        SpanSpec spec = span.description();
        if (spec.kind() == SpanKind.SERVER) {
            span.notes().own("operation", Json.quoted(spec.name()));
            if (servedAs != null) {
                span.otel.setAttribute(Keys.LOCAL_SERVICE, servedAs);
            }
        } else if (ofItsOwn) {
            span.notes().own("service", Json.quoted(source.service()));
        }
        if ("aws".equals(spec.namespace())) {
            span.otel.setAttribute(Keys.RPC_SYSTEM, "aws-api");
        }
    }

    /** The exporter gives a namespace to calls only, so what has one is a call. */
    private static io.opentelemetry.api.trace.SpanKind kindOf(SpanSpec spec) {
        return switch (spec.kind()) {
            case INTERNAL ->
                spec.namespace() == null
                        ? io.opentelemetry.api.trace.SpanKind.INTERNAL
                        : io.opentelemetry.api.trace.SpanKind.CLIENT;
            case SERVER -> io.opentelemetry.api.trace.SpanKind.SERVER;
            case CLIENT -> io.opentelemetry.api.trace.SpanKind.CLIENT;
            case PRODUCER -> io.opentelemetry.api.trace.SpanKind.PRODUCER;
            case CONSUMER -> io.opentelemetry.api.trace.SpanKind.CONSUMER;
        };
    }

    private static long epochNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    // --- what is current ---------------------------------------------------------------------------------------------

    @Override
    public Span current() {
        Context now = OtelSpan.current();
        io.opentelemetry.api.trace.Span current = io.opentelemetry.api.trace.Span.fromContext(now);
        OtelSpan ours = OtelSpan.in(now, current);
        if (ours != null) {
            return ours;
        }
        return current.getSpanContext().isValid() ? new ForeignSpan(current) : Span.noop();
    }

    @Override
    public Object capture() {
        return OtelSpan.current();
    }

    @Override
    public Object enter(@Nullable Object captured) {
        Context before = Context.current();
        Context next = captured instanceof Context context ? context : Context.root();
        if (Contexts.needsNoScope()) {
            Contexts.set(next);
            return before;
        }
        return new Entered(Contexts.attach(next), before);
    }

    @Override
    public void leave(@Nullable Object entered) {
        if (entered instanceof Entered known) {
            known.leave();
        } else if (entered instanceof Context before) {
            Contexts.set(before);
        }
    }

    /** A captured context that is current, and what was before. */
    private record Entered(Scope scope, Context before) {

        void leave() {
            scope.close();
            if (Context.current() != before) {
                Contexts.attach(before);
            }
        }
    }

    // --- operation ---------------------------------------------------------------------------------------------------

    @Override
    public boolean acceptsIds() {
        return source.isOwn();
    }

    @Override
    public BackendStats stats() {
        return source.stats();
    }

    @Override
    public boolean flush(Duration timeout) {
        return source.flush(timeout);
    }

    @Override
    public void close() {
        source.close();
    }
}
