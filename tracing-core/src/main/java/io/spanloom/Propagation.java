package io.spanloom;

import io.spanloom.internal.Fatal;
import io.spanloom.internal.TraceParent;
import io.spanloom.internal.XRayHeader;
import io.spanloom.spi.HeaderFormat;
import io.spanloom.spi.Reporter;
import io.spanloom.spi.SpanSeed;
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
        this.read = configured.isEmpty() ? READ : configured;
        this.written = configured.isEmpty() ? spoken : configured;
    }

    <C> @Nullable SpanSeed extract(C carrier, CarrierGetter<C> getter) {
        for (int i = 0; i < read.size(); i++) {
            boolean xray = read.get(i) == HeaderFormat.XRAY;
            String name = xray ? XRayHeader.NAME : TraceParent.NAME;
            String header = xray ? xrayHeader(carrier, getter) : get(carrier, getter, name);
            if (header == null) {
                continue;
            }
            SpanSeed seed = xray ? XRayHeader.parse(header) : TraceParent.parse(header);
            if (seed == null) {
                Reporter.warn(
                        "TRC-030", "the header " + name + " of a request is malformed and ignored: " + shown(header));
            } else {
                return xray ? seed : seed.passing(TraceParent.passable(get(carrier, getter, TraceParent.STATE)), null);
            }
        }
        return null;
    }

    <C> void inject(Span span, C carrier, CarrierSetter<C> setter) {
        SpanExtras extras = span.root().peekExtras();
        for (int i = 0; i < written.size(); i++) {
            if (written.get(i) == HeaderFormat.XRAY) {
                String passed = extras == null ? null : extras.xrayExtras();
                set(
                        carrier,
                        setter,
                        XRayHeader.NAME,
                        XRayHeader.format(span.xrayTraceId(), span.spanId(), span.isSampled(), passed));
            } else {
                set(
                        carrier,
                        setter,
                        TraceParent.NAME,
                        TraceParent.format(span.traceId(), span.spanId(), span.isSampled()));
                String state = extras == null ? null : extras.traceState();
                if (state != null) {
                    set(carrier, setter, TraceParent.STATE, state);
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
            return value == null ? null : value.toString();
        } catch (Throwable thrown) {
            Fatal.rethrow(thrown);
            Reporter.warn(
                    "TRC-031", "a carrier could not be read or written; the request goes on without its trace", thrown);
            return null;
        }
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
