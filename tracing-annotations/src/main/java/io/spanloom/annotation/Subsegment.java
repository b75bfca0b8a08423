package io.spanloom.annotation;

import io.spanloom.SpanKind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Each call of the method is a child of the span that is current. It never begins a trace: where nothing is current,
 * {@code tracing.context-missing} decides (nothing happens, by default).
 *
 * <pre>{@code
 * @Subsegment("returning_mock_data")
 * List<Activity> mockData() { ... }
 * }</pre>
 *
 * <p>In all else as {@link Traced}, which wins where a method carries both.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.ANNOTATION_TYPE})
public @interface Subsegment {

    /** The span's name, the same as {@link #name}, which wins where both are given. */
    String value() default "";

    /** The span's name; {@code SimpleClassName.method} by default; with parameters as {@link Traced#name}. */
    String name() default "";

    /** What the span stands for between services. */
    SpanKind kind() default SpanKind.INTERNAL;

    /** X-Ray's namespace of the call that the span stands for, {@code remote} or {@code aws}; by default as the kind says. */
    String namespace() default "";

    /**
     * Exceptions of these types leave no trace: the span is as if nothing was thrown. Subtypes count, and so does an
     * exception that has one of them among its causes.
     */
    Class<? extends Throwable>[] ignore() default {};

    /** Exceptions of these types are recorded and are no fault; subtypes and causes count as for {@link #ignore}. */
    Class<? extends Throwable>[] expected() default {};

    /**
     * How many frames of a stack are recorded with each exception, at most 50; 0 records its type and message alone,
     * which is cheaper where exceptions are frequent.
     */
    int stackTrace() default 50;
}
