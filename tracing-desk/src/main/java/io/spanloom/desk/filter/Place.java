package io.spanloom.desk.filter;

/** Where in an expression a keyword stands, and so of what it is asked. */
enum Place {
    TRACE("outside of braces"),
    SERVICE("in the braces of service()"),
    EDGE("in the braces of edge()"),
    CAUSE_SERVICE("in the braces of rootcause.*.service"),
    CAUSE_ENTITY("in the braces of rootcause.fault.entity and rootcause.error.entity"),
    SLOW_ENTITY("in the braces of rootcause.responsetime.entity"),
    CAUSE_EXCEPTION("in the braces of rootcause.*.exception");

    private final String text;

    Place(String text) {
        this.text = text;
    }

    /** For messages: "... may stand {@code text()}". */
    String text() {
        return text;
    }
}
