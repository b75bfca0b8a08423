package io.spanloom.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Records an argument of a traced method as an annotation of its span: indexed, searchable. On a method it records the
 * result, once the method has returned one.
 *
 * <pre>{@code
 * @Traced
 * Receipt charge(@SpanAnnotation("tenant") String tenant, @SpanAnnotation(value = "customer", path = "customer.id") Order order)
 * }</pre>
 *
 * <p>Strings, numbers, booleans and their boxes are recorded as what they are, anything else as its {@code toString()};
 * null is left out. Nothing is read, and no path is followed, where the span does not record.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Repeatable(SpanAnnotation.List.class)
public @interface SpanAnnotation {

    /**
     * The annotation's key; by default the parameter's name ({@code argN} where the class file keeps no names, see
     * javac's {@code -parameters} and {@code -g}), {@code result} on a method. Where a path is given, its words follow:
     * {@code order_customer_id}.
     */
    String value() default "";

    /**
     * What to record of the value, a plain property path such as {@code customer.id} or {@code items.size()}; by default
     * the value itself.
     *
     * <p>Each step is a public method without parameters ({@code size()}, or a record's component), a public getter
     * ({@code getX}, {@code isX}), a public field, or an array's {@code length}, looked up in the static type of the step
     * before it. A null on the way leaves the annotation out. A path that leads nowhere switches off this one annotation
     * and is reported (TRC-051).
     */
    String path() default "";

    /**
     * Whether it is recorded on the trace's segment instead: the topmost span here, where searches look for what a whole
     * request is about.
     */
    boolean onSegment() default false;

    /** Several on one element. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.PARAMETER, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface List {

        /** Those that were written, in their order; the compiler fills it in. */
        SpanAnnotation[] value();
    }
}
