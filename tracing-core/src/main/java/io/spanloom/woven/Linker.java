package io.spanloom.woven;

import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import io.spanloom.TracingConfigException;
import io.spanloom.internal.Fatal;
import io.spanloom.internal.OffSwitch;
import io.spanloom.internal.async.DeferredSpan;
import io.spanloom.spi.Reporter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Composes what a site's calls do. All of it is constant once linked, so that the compiler sees through it as if it were
 * written in the method: start; where the span records, each capture in order; done.
 */
final class Linker {

    private static final MethodHandle START;
    private static final MethodHandle DEFER;
    private static final MethodHandle IS_OFF;
    private static final MethodHandle RECORDS;
    private static final MethodHandle CLOSE;
    private static final MethodHandle HAS_CURRENT;
    private static final MethodHandle CURRENT;

    static {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            START = lookup.findStatic(Linker.class, "start", MethodType.methodType(Span.class, SpanSpec.class));
            DEFER = lookup.findStatic(Linker.class, "defer", MethodType.methodType(Span.class, SpanSpec.class));
            IS_OFF = lookup.findStatic(OffSwitch.class, "isOff", MethodType.methodType(boolean.class));
            RECORDS = lookup.findStatic(Linker.class, "records", MethodType.methodType(boolean.class, Span.class));
            HAS_CURRENT = lookup.findStatic(Linker.class, "hasCurrent", MethodType.methodType(boolean.class));
            CURRENT = lookup.findStatic(Tracing.class, "current", MethodType.methodType(Span.class));
            CLOSE = lookup.findStatic(V1.class, "exit", MethodType.methodType(void.class, Span.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Linker() {}

    static MethodHandle enter(MethodHandles.Lookup caller, MethodType type, Site site) {
        List<Class<?>> arguments = type.parameterList();
        MethodHandle start = start(caller, type, site);
        List<MethodHandle> captures = constants(arguments, site.constants());
        captures.addAll(captures(caller, arguments, site.captures()));
        MethodHandle same = MethodHandles.dropArguments(MethodHandles.identity(Span.class), 1, arguments);
        MethodHandle started =
                captures.isEmpty() ? start : MethodHandles.foldArguments(whereRecording(captures, same), start);
        return site.continues() ? whereNothingIsCurrent(started, arguments, captures) : started;
    }

    /** Else the captures go to what is current, which is not ours to end. */
    private static MethodHandle whereNothingIsCurrent(
            MethodHandle started, List<Class<?>> arguments, List<MethodHandle> captures) {
        MethodHandle nothing = MethodHandles.dropArguments(
                MethodHandles.dropArguments(MethodHandles.constant(Span.class, Span.noop()), 0, arguments),
                0,
                Span.class);
        MethodHandle continued = MethodHandles.foldArguments(
                whereRecording(captures, nothing), MethodHandles.dropArguments(CURRENT, 0, arguments));
        return MethodHandles.guardWithTest(HAS_CURRENT, continued, started);
    }

    /** Each {@code (Span, arguments...)void}. */
    private static List<MethodHandle> constants(List<Class<?>> arguments, List<Site.Constant> constants) {
        List<MethodHandle> linked = new ArrayList<>();
        for (Site.Constant each : constants) {
            linked.add(MethodHandles.dropArguments(Recorder.of(each), 1, arguments));
        }
        return linked;
    }

    /** {@code (arguments...)Span}. */
    private static MethodHandle start(MethodHandles.Lookup caller, MethodType type, Site site) {
        MethodHandle start = site.deferred() ? DEFER : START;
        MethodHandle plain = MethodHandles.dropArguments(start.bindTo(site.spec()), 0, type.parameterList());
        if (site.name().isEmpty()) {
            return plain;
        }
        try {
            // Off first: to make a name costs something.
            return MethodHandles.guardWithTest(IS_OFF, plain, NamedStart.of(caller, type, site));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError refused) {
            Reporter.warn(
                    "TRC-051",
                    "the name '" + site.spec().name() + "' of a traced method of "
                            + caller.lookupClass().getName() + " is taken as it is: " + why(refused));
            return plain;
        }
    }

    private static @Nullable String why(Throwable refused) {
        return refused instanceof NoSuchPropertyException ? refused.getMessage() : refused.toString();
    }

    static MethodHandle exit(MethodHandles.Lookup caller, MethodType type, List<Capture> results) {
        List<Class<?>> result = type.parameterList().subList(0, 1);
        MethodHandle close = MethodHandles.dropArguments(CLOSE, 1, result);
        List<MethodHandle> captures = captures(caller, result, results);
        MethodHandle all = captures.isEmpty() ? close : whereRecording(captures, close);
        return MethodHandles.permuteArguments(all, type, 1, 0);
    }

    /** The captures and then the last step where the span records, else the last step alone. */
    private static MethodHandle whereRecording(List<MethodHandle> captures, MethodHandle last) {
        MethodHandle all = last;
        for (int i = captures.size() - 1; i >= 0; i--) {
            all = MethodHandles.foldArguments(all, captures.get(i));
        }
        return MethodHandles.guardWithTest(RECORDS, all, last);
    }

    /** Those that can be linked, each {@code (Span, arguments...)void}; the others are reported. */
    static List<MethodHandle> captures(MethodHandles.Lookup caller, List<Class<?>> arguments, List<Capture> captures) {
        List<MethodHandle> linked = new ArrayList<>();
        for (Capture capture : captures) {
            try {
                Class<?> passed = arguments.get(capture.argument());
                MethodHandle recorder = Recorder.of(caller, capture, passed);
                recorder = MethodHandles.dropArguments(recorder, 1, arguments.subList(0, capture.argument()));
                linked.add(MethodHandles.dropArguments(
                        recorder, capture.argument() + 2, arguments.subList(capture.argument() + 1, arguments.size())));
            } catch (ReflectiveOperationException | RuntimeException | LinkageError refused) {
                Reporter.warn(
                        "TRC-051",
                        capture.label() + " in a traced method of "
                                + caller.lookupClass().getName() + " is not recorded: " + why(refused));
            }
        }
        return linked;
    }

    static Span start(SpanSpec spec) {
        if (OffSwitch.isOff()) {
            return Span.noop();
        }
        try {
            return Tracing.span(spec);
        } catch (TracingConfigException strict) {
            throw strict; // tracing.strict asks for it
        } catch (Throwable thrown) {
            Fatal.rethrow(thrown);
            Reporter.warn("TRC-054", "a traced method could not start its span; it runs without", thrown);
            return Span.noop();
        }
    }

    static Span defer(SpanSpec spec) {
        try {
            return DeferredSpan.of(spec);
        } catch (TracingConfigException strict) {
            throw strict; // tracing.strict asks for it
        } catch (Throwable thrown) {
            Fatal.rethrow(thrown);
            Reporter.warn("TRC-054", "a traced method could not start its span; it runs without", thrown);
            return Span.noop();
        }
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private static boolean hasCurrent() {
        return !OffSwitch.isOff() && Tracing.current() != Span.noop();
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private static boolean records(Span span) {
        return span != Span.noop() && span.isRecording();
    }
}
