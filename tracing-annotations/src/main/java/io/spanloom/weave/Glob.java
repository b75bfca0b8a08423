package io.spanloom.weave;

import java.util.Arrays;

/**
 * A name with wildcards: {@code *} stands for any characters between two dots, {@code **} as a whole part for any number of
 * parts. A wildcard is tried further only from the last one on, so that no pattern takes more than its length times the
 * name's.
 */
final class Glob {

    private final String text;
    private final String[] parts;

    Glob(String text) {
        this.text = text;
        this.parts = text.split("\\.", -1);
    }

    boolean isExact() {
        return text.indexOf('*') < 0;
    }

    boolean matches(String name) {
        if (isExact()) {
            return text.equals(name);
        }
        String[] names = name.split("\\.", -1);
        int part = 0;
        int at = 0;
        int star = -1;
        int from = 0;
        while (at < names.length) {
            if (part < parts.length && parts[part].equals("**")) {
                star = part++;
                from = at;
            } else if (part < parts.length && matchesPart(parts[part], names[at])) {
                part++;
                at++;
            } else if (star >= 0) {
                part = star + 1;
                at = ++from;
            } else {
                return false;
            }
        }
        while (part < parts.length && parts[part].equals("**")) {
            part++;
        }
        return part == parts.length;
    }

    private static boolean matchesPart(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int from = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                from = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++from;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** The parts before the first wildcard, to say what is near it. */
    String head() {
        int exact = 0;
        while (exact < parts.length && parts[exact].indexOf('*') < 0) {
            exact++;
        }
        return String.join(".", Arrays.asList(parts).subList(0, exact));
    }

    @Override
    public String toString() {
        return text;
    }
}
