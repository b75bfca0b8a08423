package io.spanloom.weave;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the rules of {@code tracing.weave.include} and {@code exclude}; strictly, for a rule that is misread traces nothing. */
final class RuleParser {

    static final String ALLOWED =
            "[public|protected|package|private] [@annotation.Type] package.Class[#method[(Type, ...)]]"
                    + " [{key = parameter.path, metadata key = result.path}], and more of them after commas; * stands for"
                    + " any characters between dots, ** for any packages, #new for constructors";

    private static final Set<String> VISIBILITIES = Set.of("public", "protected", "package", "private");

    /** Something is not as it should be. */
    static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1;

        final int position;

        RefusedException(String message, int position) {
            super(message);
            this.position = position;
        }
    }

    private final String text;
    private final String origin;
    private final boolean including;
    private int at;

    private RuleParser(String text, String origin, boolean including) {
        this.text = text;
        this.origin = origin;
        this.including = including;
    }

    static List<MethodRule> parse(String text, String origin, boolean including) throws RefusedException {
        RuleParser parser = new RuleParser(text, origin, including);
        List<MethodRule> rules = new ArrayList<>();
        parser.space();
        while (!parser.atEnd()) {
            rules.add(parser.rule());
            parser.space();
            if (!parser.atEnd()) {
                parser.expect(',', "a comma or the end of the rules");
                parser.space();
            }
        }
        return rules;
    }

    private MethodRule rule() throws RefusedException {
        int start = at;
        Set<String> visibilities = new LinkedHashSet<>();
        List<Glob> annotations = new ArrayList<>();
        while (true) {
            int word = at;
            if (take('@')) {
                annotations.add(qualified("an annotation's type"));
                needSpace("a class after the annotation");
                continue;
            }
            String name = name();
            if (VISIBILITIES.contains(name)) {
                visibilities.add(name);
                needSpace("a class after '" + name + "'");
                continue;
            }
            at = word;
            break;
        }
        Glob type = qualified("a class");
        Glob method = null;
        List<Glob> parameters = null;
        if (take('#')) {
            method = method();
            parameters = take('(') ? parameters() : null;
        }
        int end = at;
        space();
        List<MethodRule.Capture> captures = List.of();
        if (peek() == '{') {
            if (!including) {
                throw refused("what is excluded records nothing: no captures are allowed here");
            }
            at++;
            captures = captures();
            end = at;
        } else {
            at = end;
        }
        return new MethodRule(
                text.substring(start, end).trim(),
                origin,
                visibilities,
                annotations,
                type,
                method,
                parameters,
                captures);
    }

    private Glob qualified(String what) throws RefusedException {
        int start = at;
        String name = name();
        if (name.isEmpty()) {
            throw refused(what + " is missing");
        }
        checkParts(name, start);
        if (name.indexOf('.') < 0 && !name.equals("**")) {
            at = start;
            throw refused("'" + name + "' has no package; '**." + name + "' means it in any");
        }
        return new Glob(name);
    }

    private void checkParts(String name, int start) throws RefusedException {
        int from = start;
        for (String part : name.split("\\.", -1)) {
            at = from;
            if (part.isEmpty()) {
                throw refused("a name is missing beside the dot");
            }
            if (part.contains("**") && !part.equals("**")) {
                throw refused("** stands alone between dots; within a name it is *");
            }
            from += part.length() + 1;
        }
        at = start + name.length();
    }

    private Glob method() throws RefusedException {
        int start = at;
        String name = name();
        if (name.isEmpty()) {
            throw refused("a method's name is missing after '#'");
        }
        if (name.indexOf('.') >= 0 || name.contains("**")) {
            at = start;
            throw refused("a method's name has no dots and no **");
        }
        return new Glob(name);
    }

    private List<Glob> parameters() throws RefusedException {
        List<Glob> types = new ArrayList<>();
        space();
        if (take(')')) {
            return types;
        }
        do {
            space();
            int start = at;
            String name = name();
            if (name.isEmpty()) {
                throw refused("a parameter's type is missing");
            }
            checkParts(name, start);
            StringBuilder type = new StringBuilder(name);
            while (take('[')) {
                expect(']', "']'");
                type.append("[]");
            }
            types.add(new Glob(type.toString()));
            space();
        } while (take(','));
        expect(')', "a comma or ')'");
        return types;
    }

    private List<MethodRule.Capture> captures() throws RefusedException {
        List<MethodRule.Capture> captures = new ArrayList<>();
        do {
            space();
            captures.add(capture());
            space();
        } while (take(','));
        expect('}', "a comma or '}'");
        return captures;
    }

    private MethodRule.Capture capture() throws RefusedException {
        String key = key();
        boolean metadata = false;
        String namespace = "default";
        space();
        if (key.equals("metadata") && peek() != '=') {
            metadata = true;
            key = key();
            if (take(':')) {
                namespace = key;
                key = key();
            }
            space();
        }
        expect('=', "'=' and what to record");
        space();
        int start = at;
        while (!atEnd() && (isNamed(peek()) || peek() == '(' || peek() == ')')) {
            at++;
        }
        String value = text.substring(start, at);
        at = start;
        if (value.isEmpty() || !Character.isJavaIdentifierStart(value.charAt(0)) || value.contains("*")) {
            throw refused(
                    "a parameter's name, arg0, arg1, ..., or result is expected, with a path after it if need be");
        }
        at = start + value.length();
        int dot = value.indexOf('.');
        return new MethodRule.Capture(
                metadata,
                namespace,
                key,
                dot < 0 ? value : value.substring(0, dot),
                dot < 0 ? "" : value.substring(dot + 1));
    }

    private String key() throws RefusedException {
        int start = at;
        while (!atEnd() && (Character.isLetterOrDigit(peek()) || "_-./".indexOf(peek()) >= 0)) {
            at++;
        }
        if (at == start) {
            throw refused("a key is missing");
        }
        return text.substring(start, at);
    }

    private String name() {
        int start = at;
        while (!atEnd() && isNamed(peek())) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isNamed(char each) {
        return each == '.' || each == '*' || Character.isJavaIdentifierPart(each);
    }

    private void needSpace(String what) throws RefusedException {
        int before = at;
        space();
        if (at == before || atEnd()) {
            throw refused(what + " is missing");
        }
    }

    private void space() {
        while (!atEnd() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean take(char wanted) {
        boolean there = peek() == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char wanted, String what) throws RefusedException {
        if (!take(wanted)) {
            throw refused(
                    (atEnd() ? "it ends where " : "'" + peek() + "' is not allowed here: ") + what + " is expected");
        }
    }

    private char peek() {
        return atEnd() ? 0 : text.charAt(at);
    }

    private boolean atEnd() {
        return at >= text.length();
    }

    private RefusedException refused(String why) {
        return new RefusedException(why, at);
    }

    /** The text in one line, and a caret below the place. */
    static String pointing(String text, @Nullable RefusedException refused) {
        int position = refused == null ? 0 : refused.position;
        int from = Math.max(0, position - 60);
        String line =
                text.substring(from, Math.min(text.length(), position + 40)).replaceAll("\\s", " ");
        return "\n    " + line + "\n    " + " ".repeat(position - from) + "^";
    }
}
