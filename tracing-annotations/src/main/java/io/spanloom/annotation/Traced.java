package io.spanloom.annotation;

import io.spanloom.SpanKind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Each call of the method is a span: a child of what is current, and the root of a new trace where nothing is.
 *
 * <pre>{@code
 * @Traced
 * List<Activity> run(@SpanAnnotation("user_handle") String handle) { ... }
 *
 * @Traced(name = "charge", kind = CLIENT, ignore = CardDeclined.class)
 * Receipt charge(Order order) { ... }
 * }</pre>
 *
 * <p>Methods may be static, private, final or synchronized, and are traced however they are called, by the class itself
 * too. On a type it stands for every public method that the type declares, except accessors ({@code getX}, {@code isX},
 * {@code setX}, and a record's own) and the methods of {@code Object}; what a method itself carries ({@code @Traced},
 * {@link Subsegment}, {@link NotTraced}) has precedence. A type's annotation is not inherited by its subtypes.
 *
 * <p>The result and the exception of a traced method are the very objects that the method gave. The annotation does
 * nothing by itself: the class has to be woven ({@code Weaver.install()}, the agent), and
 * {@code Weaver.explain(Foo.class)} says whether it is.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.TYPE})
public @interface Traced {

    /** The span's name, the same as {@link #name}, which wins where both are given. */
    String value() default "";

    /**
     * The span's name; {@code SimpleClassName.method} by default. Ignored on a type: one name for all its methods would
     * tell them apart no more.
     */
    String name() default "";

    /** What the span stands for between services. */
    SpanKind kind() default SpanKind.INTERNAL;

    /** X-Ray's namespace of the call that the span stands for, {@code remote} or {@code aws}; by default as the kind says. */
    String namespace() default "";

    /** Exceptions of these types, and of their subtypes, leave no trace: the span is as if nothing was thrown. */
    Class<? extends Throwable>[] ignore() default {};

    /** Exceptions of these types, and of their subtypes, are recorded and are no fault. */
    Class<? extends Throwable>[] expected() default {};
}
