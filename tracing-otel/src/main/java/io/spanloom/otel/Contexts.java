package io.spanloom.otel;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.ContextStorage;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/** How our spans are found in OpenTelemetry's contexts. */
final class Contexts {

    /** Under which a context holds our span, beside the OpenTelemetry span under OpenTelemetry's own key. */
    static final ContextKey<OtelSpan> OURS = ContextKey.named("spanloom-span");

    /** OpenTelemetry's own key of the current span; null where it could not be learnt. */
    static final @Nullable ContextKey<?> CURRENT_SPAN = currentSpanKey();

    private Contexts() {}

    /** The API asks a context for its span by a key that is not public: so let it ask one that remembers. */
    private static @Nullable ContextKey<?> currentSpanKey() {
        Probe probe = new Probe();
        Span.fromContextOrNull(probe);
        return probe.asked;
    }

    /**
     * Whether contexts must be made by the API's own storage. The OpenTelemetry agent replaces that storage by one which
     * looks into its own contexts only; everywhere else a span of ours can be its own context, which saves 136 bytes.
     */
    static boolean bridged() {
        return CURRENT_SPAN == null
                || !Context.root().getClass().getName().equals("io.opentelemetry.context.ArrayBasedContext");
    }

    /** A context without any span, with the baggage of another. */
    static Context rootWithBaggageOf(Context context) {
        Baggage baggage = Baggage.fromContext(context);
        return baggage.isEmpty() ? Context.root() : Context.root().with(baggage);
    }

    /**
     * Whether the API's own storage is in use, unwrapped: it keeps nothing but what is current, so that a scope need not
     * be closed to restore what was; attaching that does the same, and no scope has to be kept. Known when first asked,
     * because a wrapper can be added until the storage is first used.
     */
    static boolean needsNoScope() {
        return Storage.PLAIN;
    }

    /** Makes a context current where {@link #needsNoScope}. The scope that the storage makes is seldom ever allocated. */
    @SuppressWarnings("MustBeClosedChecker")
    static void set(Context context) {
        Storage.DEFAULT.attach(context);
    }

    private static final class Storage {
        static final ContextStorage DEFAULT = ContextStorage.defaultStorage();
        static final boolean PLAIN = ContextStorage.get() == DEFAULT;
    }

    /** Makes a context current for longer than a block: until its span is left, or for good where that restores order. */
    @SuppressWarnings("MustBeClosedChecker")
    static Scope attach(Context context) {
        return context.makeCurrent();
    }

    private static final class Probe implements Context {
        @Nullable
        ContextKey<?> asked;

        @Override
        public <V> @Nullable V get(ContextKey<V> key) {
            asked = key;
            return null;
        }

        @Override
        public <V> Context with(ContextKey<V> key, V value) {
            return this;
        }
    }
}
