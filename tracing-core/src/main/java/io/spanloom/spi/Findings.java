package io.spanloom.spi;

import io.spanloom.Diagnosis.Finding;
import io.spanloom.Diagnosis.Level;
import java.util.ArrayList;
import java.util.List;

/** What a {@link DoctorCheck} has to say. Used by one thread. Texts are one line each, of at most 2,000 characters. */
public final class Findings {

    /** So that a page stays one, whatever a check puts in. */
    private static final int MAX_CHARS = 2_000;

    private final List<Finding> all = new ArrayList<>();

    /** Something is as it should be. */
    public void ok(String topic, String text) {
        add(Level.OK, topic, "", text, "");
    }

    /** Something is worth knowing, and not wrong. */
    public void note(String topic, String text) {
        add(Level.NOTE, topic, "", text, "");
    }

    /**
     * Traces are missing or wrong.
     *
     * @param code which has a section in {@code docs/messages.md}
     * @param cure what to do
     */
    public void problem(String topic, String code, String text, String cure) {
        add(Level.PROBLEM, topic, code, text, cure);
    }

    private void add(Level level, String topic, String code, String text, String cure) {
        all.add(new Finding(level, line(topic), line(code), line(text), line(cure)));
    }

    private static String line(String text) {
        String cut = text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "..." : text;
        return cut.replaceAll("\\p{Cntrl}+", " ");
    }

    /** All so far. */
    public List<Finding> list() {
        return List.copyOf(all);
    }
}
