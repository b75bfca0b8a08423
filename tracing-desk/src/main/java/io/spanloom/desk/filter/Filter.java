package io.spanloom.desk.filter;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A filter expression that has been read.
 *
 * <pre>{@code
 * Predicate<TraceElement> slow = Filter.parse("service(\"shop\") { fault } AND responsetime > 2").bind(Groups.NONE);
 * }</pre>
 *
 * <p>Immutable and safe for use by several threads. Reading takes time in proportion to the expression's length; asking
 * takes no memory.
 */
public final class Filter {
    /** The service names no limit; nobody writes as much, and what programs write is far shorter. */
    static final int MAX_LENGTH = 100_000;

    private static final Filter ALL = new Filter("", new Expression.All(List.of()));

    private final String text;
    private final Expression expression;

    private Filter(String text, Expression expression) {
        this.text = text;
        this.expression = expression;
    }

    /**
     * Reads an expression; a blank one lets every trace pass, as in the service.
     *
     * @throws FilterException saying where it went wrong and what was expected there
     */
    public static Filter parse(String text) throws FilterException {
        Objects.requireNonNull(text, "text");
        if (text.length() > MAX_LENGTH) {
            throw new FilterException(
                    "the expression has " + text.length() + " characters; allowed are " + MAX_LENGTH, text, MAX_LENGTH);
        }
        return text.isBlank() ? ALL : new Filter(text, Parser.parse(text));
    }

    /**
     * The question to ask of traces.
     *
     * @param groups looked up now: a group that changes later makes no difference
     * @throws FilterException if it names a group that does not exist, or that refers back to itself
     */
    public Predicate<TraceElement> bind(Groups groups) throws FilterException {
        Predicate<Element> test = new Compiler(this, groups).compile(expression);
        return test::test;
    }

    /** As it was given. */
    public String text() {
        return text;
    }

    Expression expression() {
        return expression;
    }

    /** The one form that all spellings of an expression share; for comparing, not for reading again. */
    @Override
    public String toString() {
        return expression.toString();
    }
}
