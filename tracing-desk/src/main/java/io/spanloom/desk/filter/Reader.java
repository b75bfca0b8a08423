package io.spanloom.desk.filter;

import org.jspecify.annotations.Nullable;

/** The tokens of an expression with one of lookahead, and what every part of the grammar needs. */
final class Reader {
    /** People nest three deep; generated expressions a few more. Also what keeps the stack safe. */
    static final int MAX_DEPTH = 64;

    private final Scanner scanner;
    private Token current;
    private int depth;

    Reader(String expression) throws FilterException {
        scanner = new Scanner(expression);
        current = scanner.next();
    }

    Token current() {
        return current;
    }

    /** The current token; the next one becomes current. */
    Token take() throws FilterException {
        Token taken = current;
        current = scanner.next();
        return taken;
    }

    /** Takes the current token if it is this symbol. */
    boolean skip(String symbol) throws FilterException {
        if (!current.is(symbol)) {
            return false;
        }
        take();
        return true;
    }

    void expect(String symbol) throws FilterException {
        if (!skip(symbol)) {
            throw expected("\"" + symbol + "\"");
        }
    }

    String string(String what) throws FilterException {
        if (current.kind() != Token.Kind.STRING) {
            throw expected(what + " in double quotes");
        }
        return take().text();
    }

    double number() throws FilterException {
        if (current.kind() != Token.Kind.NUMBER) {
            throw expected("a number");
        }
        return take().number();
    }

    /** The key between brackets, of which the opening one is current; both are taken. */
    String bracketedKey() throws FilterException {
        // Not take(): a key may begin with a digit, and the scanner has to be told so before it reads on.
        String key = scanner.key().text();
        current = scanner.next();
        expect("]");
        return key;
    }

    /** The operator that is current, a symbol or a word; null if what is current is none. */
    @Nullable
    Operator operator() {
        boolean possible = current.kind() == Token.Kind.SYMBOL || current.kind() == Token.Kind.WORD;
        return possible ? Operator.of(current.text()) : null;
    }

    /** One level further in; every call needs its {@link #leave()}, unless parsing ends. */
    void enter() throws FilterException {
        if (++depth > MAX_DEPTH) {
            throw error("parentheses, braces and brackets nest more than " + MAX_DEPTH + " levels deep", current);
        }
    }

    void leave() {
        depth--;
    }

    FilterException expected(String what) {
        return error("expected " + what + ", found " + scanner.shown(current), current);
    }

    FilterException error(String reason, Token at) {
        return scanner.error(reason, at.start());
    }
}
