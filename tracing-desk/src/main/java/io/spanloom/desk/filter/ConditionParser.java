package io.spanloom.desk.filter;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One condition: a keyword with or without comparison, an annotation, {@code service()}, {@code edge()}, a group, a root cause. */
final class ConditionParser {
    private static final String ANNOTATION = "annotation";
    private static final String ANNOTATION_DOT = "annotation.";

    private final Reader reader;
    private final Parser.Inside inside;

    ConditionParser(Reader reader, Parser.Inside inside) {
        this.reader = reader;
        this.inside = inside;
    }

    Expression condition(Place place) throws FilterException {
        Token word = reader.current();
        if (word.kind() != Token.Kind.WORD || word.isWord("and") || word.isWord("or")) {
            throw reader.expected("a condition");
        }
        String lower = word.text().toLowerCase(Locale.ROOT);
        Keyword keyword = Keyword.of(lower);
        if (keyword != null) {
            return keyword(keyword, word, place);
        }
        if (lower.equals(ANNOTATION) || lower.startsWith(ANNOTATION_DOT)) {
            return annotation(word, place);
        }
        return complex(lower, word, place);
    }

    private Expression complex(String lower, Token word, Place place) throws FilterException {
        if (!Suggestions.isComplex(lower)) {
            throw reader.error(Suggestions.unknown(word.text()), word);
        }
        if (place != Place.TRACE) {
            throw reader.error(word.text() + " may stand " + Place.TRACE.text() + " only", word);
        }
        reader.take();
        return switch (lower) {
            case "service" -> service();
            case "edge" -> edge();
            case "group.name", "group.arn" -> group(lower.equals("group.arn"));
            case "rootcause.json" -> rootCauseJson("\"=\" or \"!=\"");
            case "json" ->
                reader.operator() == null
                        ? new Expression.RootCauseJson(true, null)
                        : rootCauseJson("\"=\", \"!=\", AND, OR or the end");
            default -> rootCause(lower);
        };
    }

    private Expression keyword(Keyword keyword, Token word, Place place) throws FilterException {
        if (!keyword.allowedAt(place)) {
            throw reader.error(
                    keyword.text() + " has no meaning " + place.text() + "; it may stand " + keyword.allowedPlaces(),
                    word);
        }
        reader.take();
        return switch (keyword.type()) {
            case FLAG -> flag(keyword);
            case NUMBER -> number(keyword);
            case TEXT -> text(keyword);
        };
    }

    private Expression flag(Keyword keyword) throws FilterException {
        Operator operator = reader.operator();
        if (operator == null) {
            return new Expression.Flag(keyword, true);
        }
        if (!operator.comparesEquality()) {
            throw reader.expected("\"=\" or \"!=\" (" + keyword.text() + " is true or false)");
        }
        reader.take();
        return new Expression.Flag(keyword, truth() == (operator == Operator.EQUAL));
    }

    private boolean truth() throws FilterException {
        if (!reader.current().isWord("true") && !reader.current().isWord("false")) {
            throw reader.expected("true or false");
        }
        return reader.take().isWord("true");
    }

    private Expression number(Keyword keyword) throws FilterException {
        Operator operator = reader.operator();
        if (operator == null || !operator.comparesNumbers()) {
            throw reader.expected("one of = != < <= > >= (" + keyword.text() + " is a number)");
        }
        reader.take();
        return new Expression.NumberComparison(keyword, operator, reader.number());
    }

    private Expression text(Keyword keyword) throws FilterException {
        Operator operator = reader.operator();
        if (operator == null) {
            return new Expression.Present(keyword);
        }
        if (!operator.comparesText()) {
            throw reader.expected("one of = != CONTAINS BEGINSWITH ENDSWITH (" + keyword.text() + " is text)");
        }
        reader.take();
        return new Expression.TextComparison(keyword, operator, reader.string("a string"));
    }

    private Expression annotation(Token word, Place place) throws FilterException {
        if (place != Place.TRACE && place != Place.SERVICE && place != Place.EDGE) {
            throw reader.error("annotations have no meaning " + place.text(), word);
        }
        String key = annotationKey(word);
        Operator operator = reader.operator();
        if (operator == null) {
            return new Expression.AnnotationPresent(key);
        }
        reader.take();
        return new Expression.AnnotationComparison(key, operator, annotationValue(operator));
    }

    private String annotationKey(Token word) throws FilterException {
        if (word.text().length() == ANNOTATION.length()) {
            reader.take();
            if (!reader.current().is("[")) {
                throw reader.expected("annotation.key or annotation[key]");
            }
            return reader.bracketedKey();
        }
        String key = word.text().substring(ANNOTATION_DOT.length());
        if (key.isEmpty()) {
            throw reader.error("expected an annotation's key right after annotation.", word);
        }
        if (key.indexOf('.') >= 0) {
            throw reader.error("a key with dots stands in brackets: annotation[" + key + "]", word);
        }
        reader.take();
        return key;
    }

    private Object annotationValue(Operator operator) throws FilterException {
        Token value = reader.current();
        if (!operator.comparesText()) {
            return reader.number();
        }
        if (!operator.comparesEquality()) {
            return reader.string("a string");
        }
        return switch (value.kind()) {
            case NUMBER -> reader.number();
            case STRING -> reader.string("a string");
            default -> {
                if (value.isWord("true") || value.isWord("false")) {
                    yield truth();
                }
                throw reader.expected("a number, true, false, or a string in double quotes");
            }
        };
    }

    private Expression service() throws FilterException {
        reader.expect("(");
        ServiceId id = reader.current().is(")") ? ServiceId.ANY : serviceId();
        reader.expect(")");
        return new Expression.Service(id, optionalBraces(Place.SERVICE));
    }

    private Expression edge() throws FilterException {
        reader.expect("(");
        ServiceId source = serviceId();
        reader.expect(",");
        ServiceId destination = serviceId();
        reader.expect(")");
        return new Expression.Edge(source, destination, optionalBraces(Place.EDGE));
    }

    private ServiceId serviceId() throws FilterException {
        if (reader.current().kind() == Token.Kind.STRING) {
            return new ServiceId(reader.take().text(), null, null);
        }
        if (!reader.current().isWord("id")) {
            throw reader.expected("a service's name in double quotes, or id(name: ..., type: ..., account.id: ...)");
        }
        reader.take();
        reader.expect("(");
        ServiceId id = ServiceId.ANY;
        do {
            id = idField(id);
        } while (reader.skip(","));
        reader.expect(")");
        return id;
    }

    private ServiceId idField(ServiceId id) throws FilterException {
        Token field = reader.current();
        String name = field.kind() == Token.Kind.WORD ? field.text().toLowerCase(Locale.ROOT) : "";
        String known = switch (name) {
            case "name" -> id.name();
            case "type" -> id.type();
            case "account.id" -> id.account();
            default -> throw reader.expected("name:, type: or account.id:");
        };
        if (known != null) {
            throw reader.error(name + " is given twice", field);
        }
        reader.take();
        reader.expect(":");
        String value = reader.string("a string");
        return switch (name) {
            case "name" -> new ServiceId(value, id.type(), id.account());
            case "type" -> new ServiceId(id.name(), value, id.account());
            default -> new ServiceId(id.name(), id.type(), value);
        };
    }

    private @Nullable Expression optionalBraces(Place place) throws FilterException {
        return reader.current().is("{") ? braces(place) : null;
    }

    private Expression braces(Place place) throws FilterException {
        reader.expect("{");
        reader.enter();
        Expression expression = inside.parse(place);
        reader.expect("}");
        reader.leave();
        return expression;
    }

    private Expression group(boolean byArn) throws FilterException {
        boolean wanted = equality("\"=\" or \"!=\"");
        int at = reader.current().start();
        return new Expression.Group(byArn, wanted, reader.string("a group's " + (byArn ? "ARN" : "name")), at);
    }

    private boolean equality(String expected) throws FilterException {
        Operator operator = reader.operator();
        if (operator == null || !operator.comparesEquality()) {
            throw reader.expected(expected);
        }
        reader.take();
        return operator == Operator.EQUAL;
    }

    private Expression rootCauseJson(String expected) throws FilterException {
        boolean wanted = equality(expected);
        reader.expect("#");
        List<@Nullable Object> json = new JsonReader(reader).array();
        return new Expression.RootCauseJson(wanted, json);
    }

    /** The word is {@code rootcause.CAUSE.PART}. */
    private Expression rootCause(String word) throws FilterException {
        String[] parts = word.split("\\.", -1);
        for (Cause cause : Cause.values()) {
            for (Cause.Part part : Cause.Part.values()) {
                if (parts[1].equals(cause.text()) && parts[2].equals(part.text())) {
                    return new Expression.RootCause(cause, part, braces(place(cause, part)));
                }
            }
        }
        throw new IllegalStateException(word);
    }

    private static Place place(Cause cause, Cause.Part part) {
        return switch (part) {
            case SERVICE -> Place.CAUSE_SERVICE;
            case ENTITY -> cause == Cause.RESPONSE_TIME ? Place.SLOW_ENTITY : Place.CAUSE_ENTITY;
            case EXCEPTION -> Place.CAUSE_EXCEPTION;
        };
    }
}
