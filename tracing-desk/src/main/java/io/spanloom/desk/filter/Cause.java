package io.spanloom.desk.filter;

import java.util.Locale;

/** What a root cause explains. */
public enum Cause {
    FAULT,
    ERROR,
    RESPONSE_TIME;

    /** As in {@code rootcause.responsetime.entity}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace("_", "");
    }

    /** Which of a root cause's lists the braces look through. */
    enum Part {
        SERVICE,
        ENTITY,
        EXCEPTION;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
