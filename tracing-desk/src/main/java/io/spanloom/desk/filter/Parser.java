package io.spanloom.desk.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * The grammar of filter expressions, one method for each rule.
 *
 * <pre>
 * any     = all { OR all }
 * all     = term { [AND] term }
 * term    = [!] condition | ( any )
 * </pre>
 *
 * AND binds tighter than OR; two terms side by side are joined by AND. A {@code !} stands before one condition, not before
 * a parenthesis, as published. Conditions are {@link ConditionParser}'s.
 */
final class Parser {
    private final Reader reader;
    private final ConditionParser conditions;

    private Parser(Reader reader) {
        this.reader = reader;
        this.conditions = new ConditionParser(reader, this::any);
    }

    static Expression parse(String expression) throws FilterException {
        Parser parser = new Parser(new Reader(expression));
        Expression whole = parser.any(Place.TRACE);
        if (parser.reader.current().kind() != Token.Kind.END) {
            throw parser.reader.expected("AND, OR or the end");
        }
        return whole;
    }

    private Expression any(Place place) throws FilterException {
        List<Expression> parts = new ArrayList<>();
        parts.add(all(place));
        while (reader.current().isWord("or")) {
            reader.take();
            parts.add(all(place));
        }
        return parts.size() == 1 ? parts.get(0) : new Expression.Some(List.copyOf(parts));
    }

    private Expression all(Place place) throws FilterException {
        List<Expression> parts = new ArrayList<>();
        parts.add(term(place));
        while (true) {
            if (reader.current().isWord("and")) {
                reader.take();
            } else if (!startsTerm(reader.current())) {
                return parts.size() == 1 ? parts.get(0) : new Expression.All(List.copyOf(parts));
            }
            parts.add(term(place));
        }
    }

    private static boolean startsTerm(Token token) {
        return token.is("!") || token.is("(") || (token.kind() == Token.Kind.WORD && !token.isWord("or"));
    }

    private Expression term(Place place) throws FilterException {
        if (reader.skip("(")) {
            reader.enter();
            Expression inside = any(place);
            reader.expect(")");
            reader.leave();
            return inside;
        }
        if (reader.skip("!")) {
            if (reader.current().is("(")) {
                throw reader.expected("one condition after \"!\", which cannot negate parentheses");
            }
            return new Expression.Not(conditions.condition(place));
        }
        return conditions.condition(place);
    }

    /** What stands in braces: any expression, with the keywords of that place. */
    interface Inside {
        Expression parse(Place place) throws FilterException;
    }
}
