package io.spanloom.desk.filter;

/**
 * Cuts an expression into tokens, one at a time, looking at each character once. Strings and numbers are JSON's: the
 * published text says nothing of escapes, and {@code rootcause.json} holds JSON anyway.
 */
final class Scanner {
    private static final int MAX_SHOWN = 30;

    private final String expression;
    private int position;

    Scanner(String expression) {
        this.expression = expression;
    }

    Token next() throws FilterException {
        while (position < expression.length() && isSpace(expression.charAt(position))) {
            position++;
        }
        int start = position;
        if (start == expression.length()) {
            return new Token(Token.Kind.END, "", Double.NaN, start, start);
        }
        char c = expression.charAt(start);
        if (isWordStart(c)) {
            return word(start);
        }
        if (c == '"') {
            return string(start);
        }
        if (c == '-' || isDigit(c)) {
            return number(start);
        }
        return symbol(start, c);
    }

    /** Reads what stands between the brackets of {@code annotation[key]}; the opening one is behind us. */
    Token key() throws FilterException {
        int start = position;
        while (position < expression.length() && isKey(expression.charAt(position))) {
            position++;
        }
        if (position == start) {
            throw error("expected an annotation's key: letters, digits, _ and .", start);
        }
        return token(Token.Kind.WORD, start);
    }

    FilterException error(String reason, int at) {
        return new FilterException(reason, expression, at);
    }

    /** How a token is named in messages. */
    String shown(Token token) {
        if (token.kind() == Token.Kind.END) {
            return "the end";
        }
        String text = expression.substring(token.start(), Math.min(token.end(), token.start() + MAX_SHOWN));
        return (token.end() - token.start() > MAX_SHOWN ? text + "..." : text).replaceAll("\\p{Cntrl}", " ");
    }

    private Token word(int start) {
        while (position < expression.length() && isWordPart(expression.charAt(position))) {
            position++;
        }
        return token(Token.Kind.WORD, start);
    }

    private Token symbol(int start, char c) throws FilterException {
        boolean withEqual = start + 1 < expression.length() && expression.charAt(start + 1) == '=';
        if (withEqual && (c == '!' || c == '<' || c == '>')) {
            position += 2;
        } else if ("=!<>(){}[],:#".indexOf(c) >= 0) {
            position++;
        } else {
            throw error("a " + name(c) + " has no meaning here", start);
        }
        return token(Token.Kind.SYMBOL, start);
    }

    private static String name(char c) {
        return c == '\'' ? "single quote (strings stand in double quotes)" : c > ' ' && c < 0x7f ? "" + c : "character";
    }

    private Token token(Token.Kind kind, int start) {
        return new Token(kind, expression.substring(start, position), Double.NaN, start, position);
    }

    private Token number(int start) throws FilterException {
        if (expression.charAt(position) == '-') {
            position++;
        }
        int whole = position;
        digits(start);
        if (position - whole > 1 && expression.charAt(whole) == '0') {
            throw error("a number has no zeros in front", start);
        }
        if (at('.')) {
            position++;
            digits(start);
        }
        if (at('e') || at('E')) {
            position++;
            if (at('+') || at('-')) {
                position++;
            }
            digits(start);
        }
        if (position < expression.length() && (isWordPart(expression.charAt(position)))) {
            throw error("a number ends before \"" + expression.charAt(position) + "\"; expected a space", position);
        }
        String text = expression.substring(start, position);
        return new Token(Token.Kind.NUMBER, text, Double.parseDouble(text), start, position);
    }

    private void digits(int start) throws FilterException {
        int first = position;
        while (position < expression.length() && isDigit(expression.charAt(position))) {
            position++;
        }
        if (position == first) {
            throw error("expected a number such as 3, 0.5 or -1", start);
        }
    }

    private boolean at(char c) {
        return position < expression.length() && expression.charAt(position) == c;
    }

    private Token string(int start) throws FilterException {
        StringBuilder text = new StringBuilder();
        position++;
        while (true) {
            if (position >= expression.length()) {
                throw error("the string that begins here has no closing quote", start);
            }
            char c = expression.charAt(position++);
            if (c == '"') {
                return new Token(Token.Kind.STRING, text.toString(), Double.NaN, start, position);
            }
            if (c < ' ') {
                throw error(
                        "a string holds no line breaks and no control characters; write \\n or \\u000a", position - 1);
            }
            text.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() throws FilterException {
        int start = position - 1;
        char c = position < expression.length() ? expression.charAt(position++) : ' ';
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode(start);
            default ->
                throw error("expected an escape of JSON after the backslash: \\\\ for the backslash itself", start);
        };
    }

    private char unicode(int start) throws FilterException {
        int value = 0;
        for (int i = 0; i < 4; i++, position++) {
            int digit = position < expression.length() ? hex(expression.charAt(position)) : -1;
            if (digit < 0) {
                throw error("expected four hex digits after \\u", start);
            }
            value = 16 * value + digit;
        }
        return (char) value;
    }

    private static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c) || c == '.';
    }

    private static boolean isKey(char c) {
        return isWordPart(c);
    }
}
