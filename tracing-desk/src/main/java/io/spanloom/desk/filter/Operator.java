package io.spanloom.desk.filter;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The comparisons; which of them a value may be compared by depends on its type. */
enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    CONTAINS("CONTAINS"),
    BEGINS_WITH("BEGINSWITH"),
    ENDS_WITH("ENDSWITH");

    private final String text;

    Operator(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** The operator spelled like this, words in whatever case; null if there is none. */
    static @Nullable Operator of(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        for (Operator operator : values()) {
            if (operator.text.equals(upper)) {
                return operator;
            }
        }
        return null;
    }

    /** {@code =} and {@code !=}, which every type has. */
    boolean comparesEquality() {
        return this == EQUAL || this == NOT_EQUAL;
    }

    boolean comparesText() {
        return comparesEquality() || this == CONTAINS || this == BEGINS_WITH || this == ENDS_WITH;
    }

    boolean comparesNumbers() {
        return !comparesText() || comparesEquality();
    }

    boolean test(double left, double right) {
        return switch (this) {
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_OR_EQUAL -> left >= right;
            default -> throw new IllegalStateException(text + " on numbers");
        };
    }

    boolean test(String left, String right) {
        return switch (this) {
            case EQUAL -> left.equals(right);
            case NOT_EQUAL -> !left.equals(right);
            case CONTAINS -> left.contains(right);
            case BEGINS_WITH -> left.startsWith(right);
            case ENDS_WITH -> left.endsWith(right);
            default -> throw new IllegalStateException(text + " on text");
        };
    }
}
