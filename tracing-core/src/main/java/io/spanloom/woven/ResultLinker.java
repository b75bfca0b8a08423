package io.spanloom.woven;

import static java.lang.invoke.MethodType.methodType;

import io.spanloom.Span;
import io.spanloom.internal.async.AsyncResultTypes;
import io.spanloom.internal.async.Returned;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Links the call before a return whose result may complete later. */
final class ResultLinker {

    private static final MethodHandle IS_FUTURE;
    private static final MethodHandle FUTURE;
    private static final MethodHandle PUBLISHER;

    static {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            IS_FUTURE =
                    lookup.findStatic(Returned.class, "isFuture", methodType(boolean.class, Object.class, Span.class));
            FUTURE = lookup.findStatic(
                    Returned.class, "future", methodType(void.class, Object.class, Span.class, BiConsumer.class));
            PUBLISHER = lookup.findStatic(
                    Returned.class,
                    "publisher",
                    methodType(Object.class, Object.class, Span.class, Class.class, BiConsumer.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private ResultLinker() {}

    static MethodHandle link(MethodHandles.Lookup caller, MethodType type, List<String> description)
            throws ClassNotFoundException {
        ClassLoader loader = caller.lookupClass().getClassLoader();
        Class<?> declared = Class.forName(field(description, "result", "java.lang.Object"), false, loader);
        List<Capture> captures = Site.captures(description);
        if (type.returnType() != void.class) {
            BiConsumer<Span, @Nullable Object> later = later(caller, declared, description, captures);
            return MethodHandles.insertArguments(PUBLISHER, 2, declared, later);
        }
        boolean future = AsyncResultTypes.isFuture(declared);
        if (!future && Modifier.isFinal(declared.getModifiers())) {
            return Linker.exit(caller, type, captures);
        }
        // Of what completes later the value is captured, not the thing that brings it.
        boolean brings = future || Future.class.isAssignableFrom(declared);
        MethodHandle now = Linker.exit(caller, type, brings ? List.of() : captures);
        MethodHandle follow = MethodHandles.insertArguments(FUTURE, 2, later(caller, declared, description, captures));
        return MethodHandles.guardWithTest(IS_FUTURE, follow, now);
    }

    /** Ends the span and gives the result as it is. */
    static MethodHandle plain(MethodType type) {
        MethodHandle close = Linker.exit(MethodHandles.lookup(), type.changeReturnType(void.class), List.of());
        if (type.returnType() == void.class) {
            return close;
        }
        MethodHandle same = MethodHandles.dropArguments(MethodHandles.identity(Object.class), 1, Span.class);
        return MethodHandles.foldArguments(same, close).asType(type);
    }

    private static @Nullable BiConsumer<Span, @Nullable Object> later(
            MethodHandles.Lookup caller, Class<?> declared, List<String> description, List<Capture> captures) {
        if (captures.isEmpty()) {
            return null;
        }
        String of = field(description, "of", ValueType.of(declared).getName());
        List<Capture> ofValue = new ArrayList<>();
        for (Capture each : captures) {
            if (each.path().isEmpty() || !of.equals("java.lang.Object") || isAsync(declared)) {
                ofValue.add(new Capture(0, of, each.key(), each.path(), each.namespace(), each.onSegment()));
            }
        }
        List<MethodHandle> recorders = Linker.captures(caller, List.of(Object.class), ofValue);
        return recorders.isEmpty() ? null : new Recorders(recorders);
    }

    private static boolean isAsync(Class<?> declared) {
        return AsyncResultTypes.isFuture(declared) || AsyncResultTypes.isPublisher(declared);
    }

    private static String field(List<String> description, String key, String otherwise) {
        for (String line : description) {
            if (line.startsWith(key + '\t')) {
                return line.substring(key.length() + 1);
            }
        }
        return otherwise;
    }

    /** Each {@code (Span, Object)void}, and throws nothing. */
    private record Recorders(List<MethodHandle> handles) implements BiConsumer<Span, @Nullable Object> {

        @Override
        public void accept(Span span, @Nullable Object value) {
            for (MethodHandle handle : handles) {
                try {
                    handle.invokeExact(span, value);
                } catch (RuntimeException | Error passed) {
                    throw passed; // fatal to the VM: the others are caught inside
                } catch (Throwable impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        }
    }
}
