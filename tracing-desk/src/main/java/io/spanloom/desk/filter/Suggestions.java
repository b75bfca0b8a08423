package io.spanloom.desk.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words that may begin a condition, and the one that somebody probably meant. */
final class Suggestions {
    private static final List<String> COMPLEX = complexWords();
    private static final int MAX_LENGTH = 30;

    private Suggestions() {}

    static boolean isComplex(String lower) {
        return COMPLEX.contains(lower);
    }

    /** What to say of a word that is none. */
    static String unknown(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        String nearest = "";
        // Two slips in a word of five letters and more, one in a shorter one.
        int best = lower.length() < 5 ? 2 : 3;
        if (lower.length() <= MAX_LENGTH) {
            for (String candidate : candidates()) {
                int distance = distance(lower, candidate);
                if (distance < best) {
                    best = distance;
                    nearest = candidate;
                }
            }
        }
        String shown = word.length() > MAX_LENGTH ? word.substring(0, MAX_LENGTH) + "..." : word;
        return "unknown keyword " + shown + (nearest.isEmpty() ? "" : "; did you mean " + nearest + "?");
    }

    private static List<String> candidates() {
        List<String> words = new ArrayList<>(COMPLEX);
        for (Keyword keyword : Keyword.values()) {
            words.add(keyword.text());
        }
        return words;
    }

    private static List<String> complexWords() {
        List<String> words = new ArrayList<>(List.of("service", "edge", "group.name", "group.arn", "rootcause.json"));
        for (Cause cause : Cause.values()) {
            for (Cause.Part part : Cause.Part.values()) {
                words.add("rootcause." + cause.text() + "." + part.text());
            }
        }
        words.add("json");
        return List.copyOf(words);
    }

    /** Levenshtein's, of two short words. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
