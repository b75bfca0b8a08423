package io.spanloom.desk.filter;

import java.util.function.Predicate;

/**
 * What keywords are asked of: a trace, a service in it, a call between two, or an element of a root cause. It is asked only
 * keywords that have a meaning for it; others it answers with false, not a number, or nothing.
 */
public interface Element {

    boolean flag(Keyword keyword);

    /** {@link Double#NaN} if it has none. Times are in seconds. */
    double number(Keyword keyword);

    /** Whether any of its values for the keyword passes; false if it has none. */
    boolean anyText(Keyword keyword, Predicate<String> test);

    /** Whether any value of the annotation passes: a {@link String}, {@link Number} or {@link Boolean}. */
    boolean anyAnnotation(String key, Predicate<Object> test);
}
