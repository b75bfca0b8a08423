package io.spanloom.desk;

/** The ways into the desk. */
enum Protocol {
    UDP("udp", "X-Ray daemon's datagrams"),
    API("api", "X-Ray API"),
    OTLP("otlp", "OTLP over HTTP");

    private final String text;
    private final String title;

    Protocol(String text, String title) {
        this.text = text;
        this.title = title;
    }

    /** As in JSON. */
    String text() {
        return text;
    }

    /** For people. */
    String title() {
        return title;
    }
}
