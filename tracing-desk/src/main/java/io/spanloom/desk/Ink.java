package io.spanloom.desk;

/** What a piece of text means, and the ANSI colour that says so (SGR parameters, ECMA-48). */
enum Ink {
    PLAIN(""),
    NAME("1"),
    SERVICE("36"),
    FAINT("2"),
    OK("32"),
    ERROR("33"),
    FAULT("31"),
    THROTTLE("35");

    private static final char ESCAPE = '\u001b';

    private final String sgr;

    Ink(String sgr) {
        this.sgr = sgr;
    }

    String on(String text) {
        return sgr.isEmpty() || text.isEmpty() ? text : ESCAPE + "[" + sgr + "m" + text + ESCAPE + "[0m";
    }

    /** The worst that can be said of the span. */
    static Ink of(TraceSpan span) {
        if (span.fault()) {
            return FAULT;
        }
        if (span.throttle()) {
            return THROTTLE;
        }
        return span.error() ? ERROR : OK;
    }
}
