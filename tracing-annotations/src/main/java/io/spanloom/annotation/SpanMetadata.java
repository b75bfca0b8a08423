package io.spanloom.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Records an argument of a traced method as metadata of its span: of any shape, not indexed. On a method it records the
 * result, once the method has returned one.
 *
 * <pre>{@code
 * @Subsegment("returning_mock_data")
 * @SpanMetadata(namespace = "activities", key = "results", path = "size()")   // of the list that is returned
 * List<Activity> mockData() { ... }
 * }</pre>
 *
 * <p>The value is copied at once, bounded, with secrets redacted; see {@code Span.metadata}. Nothing is read where the
 * span does not record.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Repeatable(SpanMetadata.List.class)
public @interface SpanMetadata {

    /** The metadata's namespace. */
    String namespace() default "default";

    /** The metadata's key; by default the parameter's name, {@code result} on a method; see {@link SpanAnnotation#value}. */
    String key() default "";

    /** What to record of the value; by default the value itself. See {@link SpanAnnotation#path}. */
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
        SpanMetadata[] value();
    }
}
