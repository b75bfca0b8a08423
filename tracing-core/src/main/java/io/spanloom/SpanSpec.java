package io.spanloom;

import io.spanloom.internal.Names;
import io.spanloom.spi.ThrownException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call site, described once: what its spans are called and how they behave.
 *
 * <pre>{@code
 * private static final SpanSpec CHARGE = SpanSpec.named("charge").kind(SpanKind.CLIENT).ignore(CardDeclined.class);
 *
 * Receipt receipt = Tracing.call(CHARGE, span -> gateway.charge(order));
 * }</pre>
 *
 * <p>Immutable and safe to share; each wither returns a copy, so build a spec once per call site, not once per call.
 * Nothing here names a backend. Null arguments are a {@link NullPointerException}: a spec is made at configuration time.
 */
public final class SpanSpec {

    /** Where a span stands in its trace. */
    public enum Placement {
        /** A child of what is current; the root of a new trace where nothing is. As {@code @Traced}. */
        SPAN,
        /** Always a child of what is current; {@code tracing.context-missing} decides where nothing is. As {@code @Subsegment}. */
        SUBSEGMENT,
        /** A request, job or message: a segment of its own, child of what is current or of what a carrier names. */
        SEGMENT
    }

    private final String name;
    private final SpanKind kind;
    private final @Nullable String namespace;
    private final Placement placement;
    private final @Nullable String codeLocation;
    private final List<Class<? extends Throwable>> ignored;
    private final List<Class<? extends Throwable>> expected;
    private final Root root;
    private final int stackTrace;

    /** The same spec as a request, made when first asked for; racing threads make equal ones. */
    private @Nullable SpanSpec served;

    private enum Root {
        NO,
        NEW,
        LINKED
    }

    private SpanSpec(
            String name,
            SpanKind kind,
            @Nullable String namespace,
            Placement placement,
            @Nullable String codeLocation,
            List<Class<? extends Throwable>> ignored,
            List<Class<? extends Throwable>> expected,
            Root root,
            int stackTrace) {
        this.name = name;
        this.kind = kind;
        this.namespace = namespace;
        this.placement = placement;
        this.codeLocation = codeLocation;
        this.ignored = ignored;
        this.expected = expected;
        this.root = root;
        this.stackTrace = stackTrace;
    }

    /**
     * A span of this name.
     *
     * @param name any text; characters that X-Ray refuses in names are left out and 200 bytes are kept (X-Ray's segment
     *     documents allow 200 characters of letters, digits, white space and {@code _.:/%&#=+\-@}), so that the name is
     *     the same on every backend. A name of which nothing remains becomes {@code span}.
     */
    public static SpanSpec named(String name) {
        return new SpanSpec(
                Names.spanName(Objects.requireNonNull(name, "name")),
                SpanKind.INTERNAL,
                null,
                Placement.SPAN,
                null,
                List.of(),
                List.of(),
                Root.NO,
                ThrownException.FRAMES);
    }

    /** The same under another name, by the rules of {@link #named}. */
    public SpanSpec name(String value) {
        String other = Names.spanName(Objects.requireNonNull(value, "name"));
        return new SpanSpec(other, kind, namespace, placement, codeLocation, ignored, expected, root, stackTrace);
    }

    /** The same for another kind of operation; {@link SpanKind#INTERNAL} is what it is without. */
    public SpanSpec kind(SpanKind value) {
        Objects.requireNonNull(value, "kind");
        return new SpanSpec(name, value, namespace, placement, codeLocation, ignored, expected, root, stackTrace);
    }

    /**
     * X-Ray's namespace of the call that the span stands for: {@code remote} or {@code aws}; null for the one that the
     * kind implies.
     */
    public SpanSpec namespace(@Nullable String value) {
        String known = value == null || value.isEmpty() ? null : value;
        return new SpanSpec(name, kind, known, placement, codeLocation, ignored, expected, root, stackTrace);
    }

    /** The same, placed otherwise in its trace; {@link Placement#SPAN} is what it is without. */
    public SpanSpec placement(Placement value) {
        Objects.requireNonNull(value, "placement");
        return new SpanSpec(name, kind, namespace, value, codeLocation, ignored, expected, root, stackTrace);
    }

    /** The method that the span stands for, {@code package.Class.method}; null where there is none to name. */
    public SpanSpec codeLocation(@Nullable String value) {
        return new SpanSpec(name, kind, namespace, placement, value, ignored, expected, root, stackTrace);
    }

    /**
     * A new trace each time, also where something is current: for work that a request only sets off. What was current is
     * current again afterwards.
     *
     * @param linked whether the new span names the one that was current, by {@link Span#link}
     */
    public SpanSpec newRoot(boolean linked) {
        Root value = linked ? Root.LINKED : Root.NEW;
        return new SpanSpec(name, kind, namespace, placement, codeLocation, ignored, expected, value, stackTrace);
    }

    /**
     * How many frames of a stack are recorded with an exception.
     *
     * @param frames from 0, for type and message alone, to 50, which is the default and what the X-Ray SDK keeps; anything
     *     else counts as the nearer of both
     */
    public SpanSpec stackTrace(int frames) {
        int kept = Math.max(0, Math.min(frames, ThrownException.FRAMES));
        return new SpanSpec(name, kind, namespace, placement, codeLocation, ignored, expected, root, kept);
    }

    /**
     * Exceptions of these types leave the operation without a trace of them: outcome OK. Subtypes count, and so does an
     * exception that has one of them among its causes.
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // handed straight to List.of, which copies
    public final SpanSpec ignore(Class<? extends Throwable>... types) {
        return new SpanSpec(name, kind, namespace, placement, codeLocation, List.of(types), expected, root, stackTrace);
    }

    /** Exceptions of these types are recorded, and are no fault; subtypes and causes count as for {@link #ignore}. */
    @SafeVarargs
    @SuppressWarnings("varargs") // handed straight to List.of, which copies
    public final SpanSpec expect(Class<? extends Throwable>... types) {
        return new SpanSpec(name, kind, namespace, placement, codeLocation, ignored, List.of(types), root, stackTrace);
    }

    /** The operation's name, in the form that every backend takes. */
    public String name() {
        return name;
    }

    /** What kind of operation this is. */
    public SpanKind kind() {
        return kind;
    }

    /** The namespace in X-Ray: the one given, else {@code remote} for a call that leaves the service, else null. */
    public @Nullable String namespace() {
        return namespace != null || !kind.leavesService() ? namespace : "remote";
    }

    /** Where the span is placed in its trace. */
    public Placement placement() {
        return placement;
    }

    /** The method that the span stands for; null where there is none to name. */
    public @Nullable String codeLocation() {
        return codeLocation;
    }

    /**
     * This spec as it stands under a parent or as a root. A segment that has a parent, of a kind that does not enter a
     * service, is a request of this service to itself, kind SERVER: both X-Ray and the collector's exporter then make it a
     * segment.
     */
    public SpanSpec under(boolean parent) {
        if (!parent || placement != Placement.SEGMENT || kind.entersService()) {
            return this;
        }
        SpanSpec known = served;
        if (known == null) {
            known = kind(SpanKind.SERVER);
            served = known;
        }
        return known;
    }

    boolean isNewRoot() {
        return root != Root.NO;
    }

    boolean isLinked() {
        return root == Root.LINKED;
    }

    int stackTrace() {
        return stackTrace;
    }

    boolean ignores(Throwable thrown) {
        return matches(ignored, thrown);
    }

    boolean expects(Throwable thrown) {
        return matches(expected, thrown);
    }

    private static boolean matches(List<Class<? extends Throwable>> types, Throwable thrown) {
        if (types.isEmpty()) {
            return false;
        }
        Throwable next = thrown;
        for (int depth = 0;
                next != null && depth < ThrownException.CAUSES;
                depth++, next = ThrownException.causeOf(next)) {
            for (int i = 0; i < types.size(); i++) {
                if (types.get(i).isInstance(next)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "SpanSpec[" + name + ", " + kind + ", " + placement + "]";
    }
}
