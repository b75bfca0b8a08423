package io.spanloom.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a test, or on a class for all of its tests: spans and scopes may be left open, {@link TracingExtension} does not look.
 *
 * <pre>{@code
 * @Test @LeaksAllowed("the consumer's span stays open until the process ends")
 * void consumes() { ... }
 * }</pre>
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface LeaksAllowed {

    /** Why. */
    String value() default "";
}
