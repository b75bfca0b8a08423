package io.spanloom.woven;

import static java.lang.invoke.MethodType.methodType;

import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.internal.Fatal;
import io.spanloom.spi.Reporter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Starts spans whose name is made of the call's arguments. So that a mistake cannot flood a backend, which groups by name,
 * nor the memory, only so many names are made; after them the spans have the template's own text as their name.
 */
final class NamedStart {

    static final int LIMIT = 1_000;

    /** X-Ray's limit of a name; no more of a value can be part of it. */
    private static final int VALUE_CHARS = 200;

    private static final MethodHandle START;
    private static final MethodHandle IS_NULL;
    private static final MethodHandle FAILED;

    static {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            START = lookup.findVirtual(NamedStart.class, "start", methodType(Span.class, Object[].class));
            IS_NULL = lookup.findStatic(NamedStart.class, "isNull", methodType(boolean.class, Object.class));
            FAILED = lookup.findStatic(
                    NamedStart.class, "failed", methodType(Object.class, String.class, Throwable.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final SpanSpec fallback;
    private final boolean deferred;
    private final List<NamePart> parts;
    private final Map<String, SpanSpec> specs = new ConcurrentHashMap<>();
    private volatile boolean full;

    private NamedStart(Site site) {
        this.fallback = site.spec();
        this.parts = site.name();
        this.deferred = site.deferred();
    }

    /**
     * A handle that starts a span: {@code (arguments...)Span}.
     *
     * @throws ReflectiveOperationException where a path leads nowhere
     */
    static MethodHandle of(MethodHandles.Lookup caller, MethodType type, Site site)
            throws ReflectiveOperationException {
        List<MethodHandle> values = new ArrayList<>();
        List<Integer> arguments = new ArrayList<>();
        for (NamePart part : site.name()) {
            if (!part.isText()) {
                values.add(value(caller, part, type.parameterType(part.argument())));
                arguments.add(part.argument());
            }
        }
        MethodHandle start = START.bindTo(new NamedStart(site)).asCollector(Object[].class, values.size());
        for (int i = 0; i < values.size(); i++) {
            start = MethodHandles.filterArguments(start, i, values.get(i));
        }
        int[] order = arguments.stream().mapToInt(Integer::intValue).toArray();
        return MethodHandles.permuteArguments(start, type, order);
    }

    private static MethodHandle value(MethodHandles.Lookup caller, NamePart part, Class<?> passed)
            throws ReflectiveOperationException {
        Class<?> declared = passed == Object.class && !part.text().isEmpty()
                ? Class.forName(part.type(), false, caller.lookupClass().getClassLoader())
                : passed;
        List<MethodHandle> steps =
                part.text().isEmpty() ? List.of() : PropertyPath.resolve(caller, declared, part.text());
        Class<?> last =
                steps.isEmpty() ? passed : steps.get(steps.size() - 1).type().returnType();
        MethodHandle value = MethodHandles.identity(last).asType(methodType(Object.class, last));
        for (int i = steps.size() - 1; i >= 0; i--) {
            MethodHandle next = MethodHandles.filterArguments(value, 0, steps.get(i));
            MethodHandle isNull =
                    IS_NULL.asType(methodType(boolean.class, next.type().parameterType(0)));
            value = MethodHandles.guardWithTest(isNull, MethodHandles.empty(next.type()), next);
        }
        MethodHandle failed = FAILED.bindTo(caller.lookupClass().getName());
        return MethodHandles.catchException(value.asType(methodType(Object.class, passed)), Throwable.class, failed);
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private Span start(@Nullable Object[] values) {
        SpanSpec spec = fallback;
        try {
            spec = spec(name(values));
        } catch (Throwable thrown) {
            failed(String.valueOf(fallback.codeLocation()), thrown);
        }
        return deferred ? Linker.defer(spec) : Linker.start(spec);
    }

    private String name(@Nullable Object[] values) {
        StringBuilder name = new StringBuilder(64);
        int next = 0;
        for (NamePart part : parts) {
            String text = part.isText() ? part.text() : String.valueOf(values[next++]);
            name.append(text, 0, Math.min(VALUE_CHARS, text.length()));
        }
        return name.toString();
    }

    private SpanSpec spec(String name) {
        SpanSpec known = specs.get(name);
        if (known != null) {
            return known;
        }
        if (full) {
            return fallback;
        }
        if (specs.size() >= LIMIT) {
            full = true;
            Reporter.warn(
                    "TRC-066",
                    "the spans of " + fallback.codeLocation() + " have " + LIMIT
                            + " different names; from now on all others are called '" + fallback.name()
                            + "'. Record what differs as an annotation instead");
            return fallback;
        }
        SpanSpec made = fallback.name(name);
        SpanSpec winner = specs.putIfAbsent(name, made);
        return winner == null ? made : winner;
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private static boolean isNull(@Nullable Object value) {
        return value == null;
    }

    private static @Nullable Object failed(String where, Throwable thrown) {
        Fatal.rethrow(thrown);
        Reporter.warn(
                "TRC-052",
                "a part of a span's name in " + where + " could not be read; the application is not affected",
                thrown);
        return null;
    }
}
