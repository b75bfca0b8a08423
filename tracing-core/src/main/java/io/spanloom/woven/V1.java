package io.spanloom.woven;

import io.spanloom.Span;
import io.spanloom.internal.Fatal;
import io.spanloom.internal.OffSwitch;
import io.spanloom.internal.async.DeferredSpan;
import io.spanloom.spi.Reporter;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * Version 1 of what a woven method calls. A method {@code Receipt charge(Order order, int tries)} becomes
 *
 * <pre>{@code
 * Span span = invokedynamic(order, tries);      // enter: only the captured parameters, each as its own type
 * try {
 *     ...
 *     V1.exit(span);                            // before each return; invokedynamic(result, span) where it is captured
 *     return receipt;
 * } catch (Throwable thrown) {
 *     V1.exit(thrown, span);
 *     throw thrown;
 * }
 * }</pre>
 *
 * <p>The description of the site is given to the bootstrap as strings, each of fields separated by tabs; one that is not
 * known here was written by a newer weaver and is left out:
 *
 * <pre>
 * name       charge                                         required
 * code       com.example.Payments.charge
 * kind       CLIENT                                         of SpanKind; INTERNAL by default
 * namespace  remote
 * placement  SUBSEGMENT                                     of SpanSpec.Placement; SPAN by default
 * root       linked                                         a new root, or new without the link
 * stackTrace 0                                              frames of each exception; 50 by default
 * text       order                                          parts of a name that is made for each call, in order:
 * value      0 com.example.Order type                       text, and argument, type, path (may be empty)
 * ignore     com.example.CardDeclined                       any number
 * expect     com.example.OutOfStock                         any number
 * annotation 0 com.example.Order order customer.id          argument of the call, its type, key, path (may be empty)
 * metadata   1 int tries default                            argument, type, key, path, namespace
 * constant   region eu                                      an annotation of every call; metadata with a namespace after it
 * continue   current                                        writes to what is current, and starts only where nothing is
 * foreign    otel                                           whose annotation it is, where it is not ours
 * </pre>
 *
 * <p>An annotation or metadata for the trace's segment has a last field {@code segment}. Metadata may have one more: an
 * environment variable that, where it is set to anything but {@code true}, refuses it. A namespace may be
 * <code>${VARIABLE:default}</code>.
 *
 * <p>Where the result may complete later, the call before the return is {@link #result}, which is always given it, in one of
 * two forms. {@code (Object, Span)void} may leave the end of the span to the result, which is returned as it is. {@code
 * (Object, Span)Object} gives what is returned in the place of a publisher; then {@code enter} has the line {@code deferred
 * yes}, and begins nothing. The description of both has
 *
 * <pre>
 * result     java.util.concurrent.CompletableFuture         the declared type
 * of         com.example.Receipt                            of what it is, where its declaration says so
 * </pre>
 *
 * <p>References other than strings are passed as {@code Object} and named by their type in the description: resolving a
 * call's own type must never fail, for the JVM would tell the application.
 *
 * <p><b>Errors.</b> A site that cannot be linked starts no spans (TRC-050); nothing is thrown, unless
 * {@code tracing.strict} says so.
 */
public final class V1 {

    private V1() {}

    /**
     * Bootstrap of the call at a method's beginning.
     *
     * @param type the captured parameters, to {@link Span}
     * @param site as above
     */
    public static CallSite enter(MethodHandles.Lookup caller, String name, MethodType type, String... site) {
        try {
            Site parsed = Site.parse(caller, List.of(site));
            if (!parsed.foreign().isEmpty()) {
                OtherWeavers.notice(parsed.foreign());
            }
            return new ConstantCallSite(OffSwitch.untilOn(nothing(type), Linker.enter(caller, type, parsed)));
        } catch (Throwable thrown) {
            refused(caller, thrown);
            return new ConstantCallSite(nothing(type));
        }
    }

    private static MethodHandle nothing(MethodType type) {
        MethodHandle nothing = MethodHandles.constant(Span.class, Span.noop());
        return MethodHandles.dropArguments(nothing, 0, type.parameterList());
    }

    /**
     * Bootstrap of the call before a return whose result is captured.
     *
     * @param type of the result and {@link Span}, to void
     * @param site {@code annotation} and {@code metadata} only; the argument is always 0
     */
    public static CallSite exit(MethodHandles.Lookup caller, String name, MethodType type, String... site) {
        try {
            return new ConstantCallSite(Linker.exit(caller, type, Site.captures(List.of(site))));
        } catch (Throwable thrown) {
            refused(caller, thrown);
            return new ConstantCallSite(Linker.exit(caller, type, List.of()));
        }
    }

    /**
     * Bootstrap of the call before a return whose result may complete later.
     *
     * @param type of the result and {@link Span}, to void, or to the result where it is replaced
     * @param site as above
     */
    public static CallSite result(MethodHandles.Lookup caller, String name, MethodType type, String... site) {
        try {
            return new ConstantCallSite(ResultLinker.link(caller, type, List.of(site)));
        } catch (Throwable thrown) {
            refused(caller, thrown);
            return new ConstantCallSite(ResultLinker.plain(type));
        }
    }

    /** Before a return. */
    public static void exit(Span span) {
        if (span != Span.noop()) {
            span.close();
        }
    }

    /** Where the method threw. The argument is thrown on by the woven method itself. */
    public static void exit(Throwable thrown, Span span) {
        if (span instanceof DeferredSpan deferred) {
            deferred.begin().close(thrown);
        } else if (span != Span.noop()) {
            span.close(thrown);
        }
    }

    private static void refused(MethodHandles.Lookup caller, Throwable thrown) {
        Fatal.rethrow(thrown);
        Reporter.warn(
                "TRC-050",
                "a traced method of " + caller.lookupClass().getName()
                        + " could not be linked, so that its calls are not recorded; the application is not affected",
                thrown);
    }
}
