package io.spanloom.weave;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Guesses what a rule that has met nothing may have meant. */
final class NearestClass {

    private NearestClass() {}

    /** Begins with {@code ;} where there is something to say. */
    static String hint(MethodRule rule, Collection<String> classes) {
        for (String each : classes) {
            if (rule.type().matches(each)) {
                return "; the class " + each + " is there, but none of its methods is meant"
                        + (rule.isExact() ? "" : " (public ones that are no accessors, unless the rule says more)");
            }
        }
        String wanted = rule.type().toString();
        boolean pattern = !rule.type().isExact();
        String nearest = nearest(pattern ? rule.type().head() : wanted, pattern ? packages(classes) : classes);
        return nearest.isEmpty() ? "" : "; the nearest " + (pattern ? "package is " : "class is ") + nearest;
    }

    private static Set<String> packages(Collection<String> classes) {
        Set<String> packages = new HashSet<>();
        for (String each : classes) {
            for (int dot = each.lastIndexOf('.'); dot > 0; dot = each.lastIndexOf('.', dot - 1)) {
                packages.add(each.substring(0, dot));
            }
        }
        return packages;
    }

    /** With the fewest edits, where they are few; one of the same simple name in another package, else. */
    private static String nearest(String wanted, Collection<String> names) {
        String best = "";
        int fewest = Math.max(2, wanted.length() / 4) + 1;
        for (String each : names) {
            if (Math.abs(each.length() - wanted.length()) < fewest) {
                int edits = edits(wanted, each, fewest);
                if (edits < fewest) {
                    fewest = edits;
                    best = each;
                }
            }
        }
        if (best.isEmpty()) {
            String simple = wanted.substring(wanted.lastIndexOf('.') + 1);
            for (String each : names) {
                if (each.endsWith('.' + simple)) {
                    return each;
                }
            }
        }
        return best;
    }

    /** Levenshtein's distance, given up where it reaches the limit. */
    private static int edits(String a, String b, int limit) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            int least = row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
                least = Math.min(least, row[j]);
            }
            if (least >= limit) {
                return limit;
            }
        }
        return row[b.length()];
    }
}
