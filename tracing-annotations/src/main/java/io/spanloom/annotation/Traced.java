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
 * <p>A method that overrides or implements an annotated one is traced as that one says, unless it says something itself:
 * the nearest annotation counts, in superclasses before interfaces. So it is with what is captured, for each parameter. An
 * annotation of your own that carries this one stands for it, on methods and types:
 *
 * <pre>{@code
 * @Traced(kind = CLIENT, expected = NotFound.class)
 * @Retention(RUNTIME)
 * @interface RemoteCall {}
 * }</pre>
 *
 * <p>A constructor's span begins after {@code super(...)}; of constructors that call each other by {@code this(...)} the
 * innermost annotated one is traced.
 *
 * <p>The result and the exception of a traced method are the very objects that the method gave. The annotation does
 * nothing by itself: the class has to be woven (by the build, the agent or {@code Weaver.install()}), and
 * {@code Weaver.explain(Foo.class)} says whether it is. A program that has nothing but annotations and no weaver runs untraced
 * in silence, for nothing of this library runs in it: a build that weaves should end with {@code explain --strict} (docs/weaving.md).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.TYPE})
public @interface Traced {

    /** The span's name, the same as {@link #name}, which wins where both are given. */
    String value() default "";

    /**
     * The span's name; {@code SimpleClassName.method} by default, {@code SimpleClassName.new} of a constructor. Ignored
     * on a type: one name for all its methods would tell them apart no more.
     *
     * <p>In braces it takes a parameter, with a path as {@link SpanAnnotation#path} has it: {@code "order {order.type}"}.
     * Backends group by name, so let there be few: of one method, 1,000 different names are used, and after them the
     * template's own text (TRC-066).
     */
    String name() default "";

    /** What the span stands for between services. */
    SpanKind kind() default SpanKind.INTERNAL;

    /** X-Ray's namespace of the call that the span stands for, {@code remote} or {@code aws}; by default as the kind says. */
    String namespace() default "";

    /**
     * Whether each call begins a new trace, also where something is current: work that a request only set off. What was
     * current is current again afterwards.
     */
    boolean root() default false;

    /** With {@link #root}: whether the new trace's first span names the span that was current, as a link. */
    boolean linked() default false;

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
