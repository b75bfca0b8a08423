package io.spanloom;

import io.spanloom.internal.JsonSnapshot;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What {@link Tracing#doctor()} has found: what is as it should be, and for each problem its cure.
 *
 * <pre>{@code
 * Diagnosis diagnosis = Tracing.doctor();
 * if (!diagnosis.isHealthy()) {
 *     System.err.println(diagnosis);   // a page to read; toJson() for machines
 * }
 * }</pre>
 *
 * <p>Immutable.
 *
 * @param findings in the order in which they read best: topic by topic
 */
public record Diagnosis(List<Finding> findings) {

    /** How bad a finding is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** Worth knowing; nothing is wrong. */
        NOTE,
        /** Traces are missing or wrong because of it. */
        PROBLEM
    }

    /**
     * One thing that was looked at.
     *
     * @param topic what it is about, in a word or two: {@code configuration}, {@code xray}
     * @param code of the section in {@code docs/messages.md}; empty where there is none
     * @param cure what to do; empty where there is nothing to do
     */
    public record Finding(Level level, String topic, String code, String text, String cure) {
        public Finding {
            Objects.requireNonNull(level);
            Objects.requireNonNull(topic);
            Objects.requireNonNull(code);
            Objects.requireNonNull(text);
            Objects.requireNonNull(cure);
        }

        /** Where the code is explained; empty where there is no code. */
        public String page() {
            return code.isEmpty() ? "" : "docs/messages.md#" + code.toLowerCase(Locale.ROOT);
        }
    }

    public Diagnosis {
        findings = List.copyOf(findings);
    }

    /** Whether no finding is a problem. */
    public boolean isHealthy() {
        return problems() == 0;
    }

    private long problems() {
        return findings.stream()
                .filter(finding -> finding.level == Level.PROBLEM)
                .count();
    }

    /** One object: {@code healthy}, and {@code findings} with {@code level}, {@code topic}, {@code code}, {@code text}, {@code cure}, {@code page}. */
    public String toJson() {
        StringBuilder json =
                new StringBuilder("{\"healthy\":").append(isHealthy()).append(",\"findings\":[");
        String comma = "";
        for (Finding finding : findings) {
            json.append(comma);
            member(json, "{\"level\":", finding.level.name().toLowerCase(Locale.ROOT));
            member(json, ",\"topic\":", finding.topic);
            member(json, ",\"code\":", finding.code);
            member(json, ",\"text\":", finding.text);
            member(json, ",\"cure\":", finding.cure);
            member(json, ",\"page\":", finding.page());
            json.append('}');
            comma = ",";
        }
        return json.append("]}").toString();
    }

    private static void member(StringBuilder json, String name, String value) {
        json.append(name);
        JsonSnapshot.quote(json, value);
    }

    /** A page to read, several lines. */
    @Override
    public String toString() {
        long problems = problems();
        StringBuilder page = new StringBuilder("Spanloom doctor: ")
                .append(problems == 0 ? "healthy" : problems + (problems == 1 ? " problem" : " problems"));
        String topic = "";
        for (Finding finding : findings) {
            if (!finding.topic.equals(topic)) {
                topic = finding.topic;
                page.append("\n\n").append(topic);
            }
            page.append("\n  ").append(mark(finding.level)).append(finding.code);
            page.append(finding.code.isEmpty() ? "" : " ").append(finding.text);
            if (!finding.cure.isEmpty()) {
                page.append("\n           cure: ").append(finding.cure);
            }
            if (!finding.code.isEmpty()) {
                page.append("\n           see ").append(finding.page());
            }
        }
        return page.toString();
    }

    private static String mark(Level level) {
        return switch (level) {
            case OK -> "ok       ";
            case NOTE -> "note     ";
            case PROBLEM -> "PROBLEM  ";
        };
    }
}
