package io.spanloom.desk.filter;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A filter expression as it was understood. Immutable; {@link Object#toString toString} is its one canonical form. */
sealed interface Expression {

    record All(List<Expression> parts) implements Expression {
        @Override
        public String toString() {
            return Expression.list("and", parts);
        }
    }

    record Some(List<Expression> parts) implements Expression {
        @Override
        public String toString() {
            return Expression.list("or", parts);
        }
    }

    record Not(Expression part) implements Expression {
        @Override
        public String toString() {
            return "(not " + part + ")";
        }
    }

    /** {@code fault}, {@code fault = true}, {@code fault != false}: the keyword is wanted to be so. */
    record Flag(Keyword keyword, boolean wanted) implements Expression {
        @Override
        public String toString() {
            return "(" + keyword.text() + " " + wanted + ")";
        }
    }

    record NumberComparison(Keyword keyword, Operator operator, double value) implements Expression {
        @Override
        public String toString() {
            return "(" + keyword.text() + " " + operator.text() + " " + value + ")";
        }
    }

    record TextComparison(Keyword keyword, Operator operator, String value) implements Expression {
        @Override
        public String toString() {
            return "(" + keyword.text() + " " + operator.text() + " " + quoted(value) + ")";
        }
    }

    /** A text keyword alone. */
    record Present(Keyword keyword) implements Expression {
        @Override
        public String toString() {
            return "(" + keyword.text() + ")";
        }
    }

    /** @param value a {@link String}, {@link Double} or {@link Boolean} */
    record AnnotationComparison(String key, Operator operator, Object value) implements Expression {
        @Override
        public String toString() {
            return "(annotation " + key + " " + operator.text() + " "
                    + (value instanceof String text ? quoted(text) : value) + ")";
        }
    }

    record AnnotationPresent(String key) implements Expression {
        @Override
        public String toString() {
            return "(annotation " + key + ")";
        }
    }

    record Service(ServiceId id, @Nullable Expression inside) implements Expression {
        @Override
        public String toString() {
            return "(service " + text(id) + braces(inside) + ")";
        }
    }

    record Edge(
            ServiceId source,
            ServiceId destination,
            @Nullable Expression inside) implements Expression {
        @Override
        public String toString() {
            return "(edge " + text(source) + " " + text(destination) + braces(inside) + ")";
        }
    }

    /** @param at where its value stands in the expression: whether there is such a group is asked later */
    record Group(boolean byArn, boolean wanted, String value, int at) implements Expression {
        @Override
        public String toString() {
            return "(group." + (byArn ? "arn" : "name") + " " + wanted + " " + quoted(value) + ")";
        }
    }

    record RootCause(Cause cause, Cause.Part part, Expression inside) implements Expression {
        @Override
        public String toString() {
            return "(rootcause " + cause.text() + " " + part.text() + " " + inside + ")";
        }
    }

    /** @param json a list of root causes, each with the fields that must be so; null asks whether there is any */
    record RootCauseJson(boolean wanted, @Nullable List<@Nullable Object> json) implements Expression {
        @Override
        public String toString() {
            return json == null ? "(json)" : "(json " + wanted + " " + json + ")";
        }
    }

    private static String list(String name, List<Expression> parts) {
        return parts.stream().map(Object::toString).collect(Collectors.joining(" ", "(" + name + " ", ")"));
    }

    private static String braces(@Nullable Expression inside) {
        return inside == null ? "" : " " + inside;
    }

    private static String text(ServiceId id) {
        return String.format(Locale.ROOT, "[%s %s %s]", quoted(id.name()), quoted(id.type()), quoted(id.account()));
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "*" : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
