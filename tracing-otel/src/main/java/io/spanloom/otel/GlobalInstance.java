package io.spanloom.otel;

import io.opentelemetry.api.GlobalOpenTelemetry;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Whether a global OpenTelemetry is set, in whatever version of the API the application has: frameworks manage it, and often
 * to one that is older than {@link GlobalOpenTelemetry}'s own answer. Asking must not set one, as its {@code get()} does.
 */
final class GlobalInstance {

    private static final @Nullable MethodHandle IS_SET = isSetMethod();

    /** The field that an API without the method keeps it in: released, and so never to be another. */
    private static final @Nullable Field KEPT = IS_SET == null ? field() : null;

    private GlobalInstance() {}

    /** False, too, where it cannot be known: then the application hands its instance in. */
    static boolean isSet() {
        try {
            return IS_SET != null ? (boolean) IS_SET.invokeExact() : KEPT != null && KEPT.get(null) != null;
        } catch (Throwable hidden) {
            return false;
        }
    }

    private static @Nullable MethodHandle isSetMethod() {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(GlobalOpenTelemetry.class, "isSet", MethodType.methodType(boolean.class));
        } catch (NoSuchMethodException | IllegalAccessException older) {
            return null;
        }
    }

    private static @Nullable Field field() {
        try {
            Field field = GlobalOpenTelemetry.class.getDeclaredField("globalOpenTelemetry");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException | RuntimeException unknown) {
            return null;
        }
    }
}
