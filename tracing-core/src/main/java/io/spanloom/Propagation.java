package io.spanloom;

import io.spanloom.internal.B3Headers;
import io.spanloom.internal.Fatal;
import io.spanloom.internal.TraceParent;
import io.spanloom.internal.TraceState;
import io.spanloom.internal.XRayHeader;
import io.spanloom.spi.HeaderFormat;
import io.spanloom.spi.Reporter;
import io.spanloom.spi.SpanSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace's ids from a request's headers and writes them to a call's.
 *
 * <p>Where several formats arrive, the first valid one in order wins and the others are ignored. What is malformed is
 * said once a minute and treated as absent.
 */
final class Propagation {

    private static final List<HeaderFormat> READ = List.of(HeaderFormat.XRAY, HeaderFormat.W3C);

    private final List<HeaderFormat> read;
    private final List<HeaderFormat> written;

    /**
     * @param configured the formats for both ways; empty to read all and write what the backend speaks
     */
    Propagation(List<HeaderFormat> configured, List<HeaderFormat> spoken) {
        this.read = configured.isEmpty() ? READ : withB3Once(configured);
        this.written = configured.isEmpty() ? spoken : configured;
    }

    /** The first of either, which reads both. */
    private static List<HeaderFormat> withB3Once(List<HeaderFormat> configured) {
        List<HeaderFormat> once = new ArrayList<>();
        boolean b3 = false;
        for (HeaderFormat format : configured) {
            boolean isB3 = format == HeaderFormat.B3 || format == HeaderFormat.B3_MULTI;
            if (!isB3 || !b3) {
                once.add(format);
            }
            b3 |= isB3;
        }
        return List.copyOf(once);
    }

    <C> @Nullable SpanSeed extract(C carrier, CarrierGetter<C> getter) {
        for (int i = 0; i < read.size(); i++) {
            SpanSeed seed = switch (read.get(i)) {
                case XRAY -> xray(carrier, getter);
                case W3C -> w3c(carrier, getter);
                case B3, B3_MULTI -> b3(carrier, getter);
            };
            if (seed != null) {
                return seed;
            }
        }
        return null;
    }

    private static <C> @Nullable SpanSeed xray(C carrier, CarrierGetter<C> getter) {
        String header = xrayHeader(carrier, getter);
        return header == null ? null : orSaid(XRayHeader.parse(header), XRayHeader.NAME, header);
    }

    private static <C> @Nullable SpanSeed w3c(C carrier, CarrierGetter<C> getter) {
        String header = get(carrier, getter, TraceParent.NAME);
        SpanSeed seed = header == null ? null : orSaid(TraceParent.parse(header), TraceParent.NAME, header);
        return seed == null ? null : seed.passing(TraceState.passable(get(carrier, getter, TraceState.NAME)), null);
    }

    private static <C> @Nullable SpanSeed b3(C carrier, CarrierGetter<C> getter) {
        String single = get(carrier, getter, B3Headers.NAME);
        SpanSeed seed = single == null ? null : orSaid(B3Headers.parse(single), B3Headers.NAME, single);
        if (seed != null) {
            return seed;
        }
        String traceId = get(carrier, getter, B3Headers.TRACE_ID, B3Headers.LOWER_TRACE_ID);
        SpanSeed several = B3Headers.parse(
                traceId,
                get(carrier, getter, B3Headers.SPAN_ID, B3Headers.LOWER_SPAN_ID),
                get(carrier, getter, B3Headers.SAMPLED, B3Headers.LOWER_SAMPLED),
                get(carrier, getter, B3Headers.FLAGS, B3Headers.LOWER_FLAGS));
        return traceId == null ? several : orSaid(several, B3Headers.TRACE_ID, traceId);
    }

    private static @Nullable SpanSeed orSaid(@Nullable SpanSeed seed, String name, String header) {
        if (seed == null) {
            Reporter.warn("TRC-030", "the header " + name + " of a request is malformed and ignored: " + shown(header));
        }
        return seed;
    }

    <C> void inject(Span span, C carrier, CarrierSetter<C> setter) {
        SpanExtras extras = span.root().peekExtras();
        for (int i = 0; i < written.size(); i++) {
            switch (written.get(i)) {
                case XRAY -> {
                    String passed = extras == null ? null : extras.xrayExtras();
                    String header = XRayHeader.format(span.xrayTraceId(), span.spanId(), span.isSampled(), passed);
                    set(carrier, setter, XRayHeader.NAME, header);
                }
                case W3C -> {
                    String header = TraceParent.format(span.traceId(), span.spanId(), span.isSampled());
                    set(carrier, setter, TraceParent.NAME, header);
                    String state = extras == null ? null : extras.traceState();
                    if (state != null) {
                        set(carrier, setter, TraceState.NAME, state);
                    }
                }
                case B3 ->
                    set(
                            carrier,
                            setter,
                            B3Headers.NAME,
                            B3Headers.format(span.traceId(), span.spanId(), span.isSampled()));
                case B3_MULTI -> {
                    set(carrier, setter, B3Headers.TRACE_ID, span.traceId());
                    set(carrier, setter, B3Headers.SPAN_ID, span.spanId());
                    set(carrier, setter, B3Headers.SAMPLED, span.isSampled() ? "1" : "0");
                }
            }
        }
    }

    /** Whether the caller wants to be told how the trace was decided here. */
    <C> boolean asksForDecision(C carrier, CarrierGetter<C> getter) {
        String header = read.contains(HeaderFormat.XRAY) ? xrayHeader(carrier, getter) : null;
        return header != null && XRayHeader.asksForDecision(header);
    }

    /** Writes the header of an answer where this service speaks X-Ray's, or the caller asked in it. */
    <C> void answer(Span span, C carrier, CarrierSetter<C> setter) {
        SpanExtras extras = span.peekExtras();
        boolean asked = extras != null && extras.isAsked();
        if (asked || written.contains(HeaderFormat.XRAY)) {
            String header = XRayHeader.formatAnswer(span.xrayTraceId(), asked, span.isSampled());
            set(carrier, setter, XRayHeader.NAME, header);
        }
    }

    private static <C> @Nullable String xrayHeader(C carrier, CarrierGetter<C> getter) {
        return get(carrier, getter, XRayHeader.NAME, XRayHeader.LOWER_NAME);
    }

    /** By the name as it is written; else in lower case, as HTTP/2 and maps made from it have it. */
    static <C> @Nullable String get(C carrier, CarrierGetter<C> getter, String name, String lower) {
        String value = get(carrier, getter, name);
        return value != null ? value : get(carrier, getter, lower);
    }

    private static <C> @Nullable String get(C carrier, CarrierGetter<C> getter, String name) {
        try {
            Object value = getter.get(carrier, name);
            if (value instanceof Optional<?> optional) {
                value = optional.orElse(null);
            }
            return value instanceof Iterable<?> several ? joined(several) : value == null ? null : value.toString();
        } catch (Throwable thrown) {
            Fatal.rethrow(thrown);
            Reporter.warn(
                    "TRC-031", "a carrier could not be read or written; the request goes on without its trace", thrown);
            return null;
        }
    }

    /** As one line, which is what HTTP says that several of one name mean. */
    private static @Nullable String joined(Iterable<?> values) {
        StringBuilder line = new StringBuilder();
        for (Object value : values) {
            line.append(line.isEmpty() ? "" : ",").append(value);
        }
        return line.isEmpty() ? null : line.toString();
    }

    private static <C> void set(C carrier, CarrierSetter<C> setter, String name, String value) {
        try {
            setter.set(carrier, name, value);
        } catch (Throwable thrown) {
            Fatal.rethrow(thrown);
            Reporter.warn(
                    "TRC-031", "a carrier could not be read or written; the request goes on without its trace", thrown);
        }
    }

    /** The beginning of a header somebody sent, safe to log. */
    private static String shown(String header) {
        StringBuilder safe = new StringBuilder(64);
        for (int i = 0; i < Math.min(header.length(), 60); i++) {
            char c = header.charAt(i);
            safe.append(c < 0x20 || c > 0x7e ? '?' : c);
        }
        return header.length() > 60 ? safe + "... (" + header.length() + " characters)" : safe.toString();
    }
}
