package io.spanloom.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Leaves a method out of what {@link Traced} on its type traces. It wins over every other annotation; on a type it leaves
 * out all of the type's own methods.
 *
 * <pre>{@code
 * @Traced
 * class HomeActivities {
 *     @NotTraced public void healthProbe() { ... }
 * }
 * }</pre>
 *
 * <p>What the method calls is traced as ever.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.TYPE})
public @interface NotTraced {}
