package io.spanloom.desk.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Expressions at random: most of them right, or nearly so. */
final class RandomExpressions {
    private static final List<String> CAUSES = List.of("fault", "error", "responsetime");
    private static final List<String> PARTS = List.of("service", "entity", "exception");
    private static final List<String> NUMBER_OPERATORS = List.of("=", "!=", "<", "<=", ">", ">=");
    private static final List<String> TEXT_OPERATORS = List.of("=", "!=", "CONTAINS", "beginswith", "EndsWith");
    private static final List<String> STRINGS =
            List.of("\"\"", "\"shop\"", "\"a b\"", "\"\\\"q\\\\\"", "\"\\u00e9\\n\"", "\"käse {(\"");
    private static final List<String> NUMBERS = List.of("0", "1", "-2", "0.5", "29", "1e3", "1.25E-2");
    private static final List<String> SPACES = List.of(" ", " ", " ", "  ", "\t", "\n");
    private static final String NOISE = "!=<>(){}[],:#\"\\. aOn019'";

    private final Random random;

    RandomExpressions(Random random) {
        this.random = random;
    }

    /** Right, if the keywords it took happen to have a meaning where it put them. */
    String next() {
        return any(2, true);
    }

    /** Like {@link #next()}, with some characters changed. */
    String broken() {
        StringBuilder text = new StringBuilder(next());
        for (int slips = 1 + random.nextInt(2); slips > 0; slips--) {
            int at = random.nextInt(text.length());
            char noise = NOISE.charAt(random.nextInt(NOISE.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, noise);
                default -> text.setCharAt(at, noise);
            }
            if (text.length() == 0) {
                text.append(noise);
            }
        }
        return text.toString();
    }

    private String any(int depth, boolean trace) {
        StringBuilder text = new StringBuilder(term(depth, trace));
        while (random.nextInt(3) == 0) {
            text.append(pick(List.of(" AND ", " and ", " OR ", " or ", " "))).append(term(depth, trace));
        }
        return text.toString();
    }

    private String term(int depth, boolean trace) {
        int choice = random.nextInt(10);
        if (choice == 0 && depth > 0) {
            return "(" + space() + any(depth - 1, trace) + space() + ")";
        }
        return (choice < 3 ? "!" + space() : "") + condition(depth, trace);
    }

    private String condition(int depth, boolean trace) {
        int choice = random.nextInt(trace && depth > 0 ? 10 : 5);
        return switch (choice) {
            case 0, 1, 2 -> keyword();
            case 3, 4 -> annotation();
            case 5 -> "service(" + (random.nextInt(4) == 0 ? "" : id()) + ")" + braces(depth);
            case 6 -> "edge(" + id() + "," + space() + id() + ")" + braces(depth);
            case 7 -> pick(List.of("group.name", "group.arn")) + equality() + pick(STRINGS);
            case 8 ->
                "rootcause." + pick(CAUSES) + "." + pick(PARTS) + "{" + any(depth - 1, random.nextInt(20) == 0) + "}";
            default ->
                random.nextInt(4) == 0 ? "json" : pick(List.of("json", "rootcause.json")) + equality() + "#" + array(2);
        };
    }

    private String keyword() {
        Keyword[] keywords = Keyword.values();
        Keyword keyword = keywords[random.nextInt(keywords.length)];
        String text = random.nextBoolean() ? keyword.text() : keyword.text().toUpperCase(Locale.ROOT);
        boolean alone = random.nextBoolean();
        return switch (keyword.type()) {
            case FLAG -> alone ? text : text + equality() + pick(List.of("true", "FALSE"));
            case NUMBER -> text + space() + pick(NUMBER_OPERATORS) + space() + pick(NUMBERS);
            case TEXT -> alone ? text : text + " " + pick(TEXT_OPERATORS) + " " + pick(STRINGS);
        };
    }

    private String annotation() {
        String key =
                pick(List.of("annotation.a", "annotation.b_2", "annotation[a.b]", "annotation[9]", "Annotation.x"));
        return switch (random.nextInt(4)) {
            case 0 -> key;
            case 1 -> key + space() + pick(NUMBER_OPERATORS) + space() + pick(NUMBERS);
            case 2 -> key + " " + pick(TEXT_OPERATORS) + " " + pick(STRINGS);
            default -> key + equality() + pick(List.of("true", "false"));
        };
    }

    private String id() {
        if (random.nextBoolean()) {
            return pick(STRINGS);
        }
        List<String> fields = new ArrayList<>();
        do {
            fields.add(pick(List.of("name", "type", "account.id")) + space() + ":" + space() + pick(STRINGS));
        } while (random.nextInt(3) == 0);
        return "id(" + String.join(",", fields) + ")";
    }

    private String braces(int depth) {
        return random.nextBoolean() ? "" : space() + "{" + any(depth - 1, random.nextInt(20) == 0) + "}";
    }

    private String array(int depth) {
        List<String> items = new ArrayList<>();
        while (random.nextInt(3) != 0) {
            items.add(value(depth));
        }
        return "[" + String.join(",", items) + "]";
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> pick(NUMBERS);
            case 1, 2 -> pick(STRINGS);
            case 3 -> pick(List.of("true", "false", "null"));
            case 4 -> array(depth - 1);
            default -> "{\"Name\":" + value(depth - 1) + ", \"EntityPath\" : " + value(depth - 1) + "}";
        };
    }

    private String equality() {
        return space() + pick(List.of("=", "!=")) + space();
    }

    private String space() {
        return random.nextBoolean() ? "" : pick(SPACES);
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
