package io.spanloom.desk.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses by a parsing expression grammar that is given as text: {@code rule = a b / 'literal' ~regex~ (c d)* e?}, one rule a
 * line, rules named with letters, digits and underscores. Backtracks at will; for short inputs.
 */
final class Peg {
    private static final Pattern TOKEN = Pattern.compile("\\s*(~[^~]*~|'[^']*'|\\w+|[()/*?+])");

    private final Map<String, Matching> rules = new HashMap<>();

    Peg(String grammar) {
        for (String line : grammar.lines().filter(l -> !l.isBlank()).toList()) {
            int equals = line.indexOf('=');
            String name = line.substring(0, equals).trim();
            List<String> tokens = new ArrayList<>();
            Matcher token = TOKEN.matcher(line.substring(equals + 1));
            while (token.lookingAt()) {
                tokens.add(token.group(1));
                token.region(token.end(), token.regionEnd());
            }
            rules.put(name, new Grammar(tokens).choice());
        }
    }

    /** The tree if the rule matches the whole input. */
    @Nullable
    Node parse(String rule, String input) {
        Node root = new Node(rule, 0);
        int end = new Named(rule).match(input, 0, root);
        return end == input.length() ? root.children.get(0) : null;
    }

    /** A rule's match; those of unnamed parts belong to the rule around. */
    static final class Node {
        final String rule;
        final int start;
        final List<Node> children = new ArrayList<>();
        String text = "";

        Node(String rule, int start) {
            this.rule = rule;
            this.start = start;
        }

        List<Node> all(String prefix) {
            return children.stream().filter(c -> c.rule.startsWith(prefix)).toList();
        }

        @Nullable
        Node first(String prefix) {
            return all(prefix).stream().findFirst().orElse(null);
        }
    }

    private interface Matching {
        /** Where the match ends; -1 for none, and then nothing has been added to the node. */
        int match(String input, int at, Node into);
    }

    private final class Named implements Matching {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public int match(String input, int at, Node into) {
            Node node = new Node(name, at);
            Matching rule = rules.get(name);
            if (rule == null) {
                throw new IllegalStateException("no rule " + name);
            }
            int end = rule.match(input, at, node);
            if (end >= 0) {
                node.text = input.substring(at, end);
                into.children.add(node);
            }
            return end;
        }
    }

    private final class Grammar {
        private final List<String> tokens;
        private int next;

        Grammar(List<String> tokens) {
            this.tokens = tokens;
        }

        Matching choice() {
            List<Matching> alternatives = new ArrayList<>(List.of(sequence()));
            while (next < tokens.size() && tokens.get(next).equals("/")) {
                next++;
                alternatives.add(sequence());
            }
            return (input, at, into) -> {
                for (Matching alternative : alternatives) {
                    int end = alternative.match(input, at, into);
                    if (end >= 0) {
                        return end;
                    }
                }
                return -1;
            };
        }

        private Matching sequence() {
            List<Matching> parts = new ArrayList<>();
            while (next < tokens.size() && !"/)".contains(tokens.get(next))) {
                parts.add(repeated(atom()));
            }
            return (input, at, into) -> {
                int before = into.children.size();
                int end = at;
                for (Matching part : parts) {
                    end = part.match(input, end, into);
                    if (end < 0) {
                        into.children.subList(before, into.children.size()).clear();
                        return -1;
                    }
                }
                return end;
            };
        }

        private Matching repeated(Matching atom) {
            String sign = next < tokens.size() ? tokens.get(next) : "";
            if (!sign.equals("*") && !sign.equals("?")) {
                return atom;
            }
            next++;
            return (input, at, into) -> {
                int end = at;
                do {
                    int more = atom.match(input, end, into);
                    if (more < 0 || more == end) {
                        return end;
                    }
                    end = more;
                } while (sign.equals("*"));
                return end;
            };
        }

        private Matching atom() {
            String token = tokens.get(next++);
            if (token.equals("(")) {
                Matching inside = choice();
                next++;
                return inside;
            }
            char quote = token.charAt(0);
            if (quote == '\'' || quote == '~') {
                String body = token.substring(1, token.length() - 1);
                Pattern pattern = Pattern.compile(quote == '~' ? body : Pattern.quote(body));
                return (input, at, into) -> {
                    Matcher matcher = pattern.matcher(input).region(at, input.length());
                    matcher.useTransparentBounds(true);
                    return matcher.lookingAt() ? matcher.end() : -1;
                };
            }
            return new Named(token);
        }
    }
}
