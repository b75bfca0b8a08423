package io.spanloom.woven;

import static java.lang.invoke.MethodType.methodType;

import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.internal.Fatal;
import io.spanloom.internal.async.DeferredSpan;
import io.spanloom.spi.Reporter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records one value on a span: reads it along its path, and calls the method of {@link Span} that takes its type. */
final class Recorder {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodHandle IS_NULL;
    private static final MethodHandle FAILED;
    private static final MethodHandle ANNOTATE_OBJECT;
    private static final MethodHandle METADATA;
    private static final MethodHandle ANNOTATE_TEXT;
    private static final MethodHandle ROOT;

    static {
        try {
            IS_NULL = LOOKUP.findStatic(Recorder.class, "isNull", methodType(boolean.class, Object.class));
            FAILED = LOOKUP.findStatic(Recorder.class, "failed", methodType(void.class, String.class, Throwable.class));
            ROOT = LOOKUP.findStatic(Recorder.class, "segment", methodType(Span.class, Span.class));
            ANNOTATE_OBJECT = LOOKUP.findStatic(
                    Recorder.class, "annotate", methodType(Span.class, Span.class, String.class, Object.class));
            ANNOTATE_TEXT =
                    LOOKUP.findVirtual(Span.class, "annotation", methodType(Span.class, String.class, String.class));
            METADATA = LOOKUP.findVirtual(
                    Span.class, "metadata", methodType(Span.class, String.class, String.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Recorder() {}

    /**
     * A handle that records.
     *
     * @param passed the type of the call's argument: the declared one, or Object in its place
     * @return {@code (Span, passed)void}; throws nothing but what is fatal to the VM
     */
    static MethodHandle of(MethodHandles.Lookup caller, Capture capture, Class<?> passed)
            throws ReflectiveOperationException {
        List<MethodHandle> steps = List.of();
        Class<?> type = passed;
        if (!capture.path().isEmpty()) {
            Class<?> declared = passed == Object.class
                    ? Class.forName(capture.type(), false, caller.lookupClass().getClassLoader())
                    : passed;
            steps = PropertyPath.resolve(caller, declared, capture.path());
            type = steps.get(steps.size() - 1).type().returnType();
        }
        MethodHandle record = recording(capture, type).asType(methodType(void.class, Span.class, type));
        if (capture.onSegment()) {
            record = MethodHandles.filterArguments(record, 0, ROOT);
        }
        for (int i = steps.size() - 1; i >= 0; i--) {
            record = unlessNull(MethodHandles.filterArguments(record, 1, steps.get(i)));
        }
        MethodHandle failed =
                FAILED.bindTo(capture.label() + " of " + caller.lookupClass().getName());
        return MethodHandles.catchException(
                record.asType(methodType(void.class, Span.class, passed)), Throwable.class, failed);
    }

    /** {@code (Span)void}. */
    static MethodHandle of(Site.Constant constant) {
        MethodHandle record = constant.namespace() == null
                ? MethodHandles.insertArguments(ANNOTATE_TEXT, 1, constant.key(), constant.value())
                : MethodHandles.insertArguments(METADATA, 1, constant.namespace(), constant.key(), constant.value());
        return record.asType(methodType(void.class, Span.class));
    }

    private static MethodHandle unlessNull(MethodHandle record) {
        MethodHandle isNull =
                IS_NULL.asType(methodType(boolean.class, record.type().parameterType(1)));
        return MethodHandles.guardWithTest(
                MethodHandles.dropArguments(isNull, 0, Span.class), MethodHandles.empty(record.type()), record);
    }

    private static MethodHandle recording(Capture capture, Class<?> type) throws ReflectiveOperationException {
        return capture.namespace() != null
                ? MethodHandles.insertArguments(METADATA, 1, capture.namespace(), capture.key())
                : MethodHandles.insertArguments(annotating(type), 1, capture.key());
    }

    private static MethodHandle annotating(Class<?> type) throws ReflectiveOperationException {
        Class<?> parameter;
        if (type == String.class || type == boolean.class || type == Boolean.class) {
            parameter = type;
        } else if (type == double.class || type == float.class) {
            parameter = double.class;
        } else if (type.isPrimitive() && type != char.class) {
            parameter = long.class;
        } else if (Number.class.isAssignableFrom(type)) {
            parameter = Number.class;
        } else {
            return ANNOTATE_OBJECT;
        }
        return LOOKUP.findVirtual(Span.class, "annotation", methodType(Span.class, String.class, parameter));
    }

    /** Where the type is known only now. */
    private static Span annotate(Span span, String key, @Nullable Object value) {
        if (value instanceof Number number) {
            return span.annotation(key, number);
        }
        if (value instanceof Boolean truth) {
            return span.annotation(key, truth);
        }
        if (value instanceof Optional<?> optional) {
            return annotate(span, key, optional.orElse(null));
        }
        return value == null ? span : span.annotation(key, value.toString());
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private static Span segment(Span span) {
        Span outer = span instanceof DeferredSpan ? Tracing.current() : span;
        return outer == Span.noop() ? span : outer.root();
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private static boolean isNull(@Nullable Object value) {
        return value == null;
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private static void failed(String label, Throwable thrown) {
        Fatal.rethrow(thrown);
        Reporter.warn("TRC-052", label + " could not be read; the application is not affected", thrown);
    }
}
