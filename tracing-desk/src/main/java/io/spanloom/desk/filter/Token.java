package io.spanloom.desk.filter;

/**
 * A piece of an expression.
 *
 * @param text a word or symbol as written, or what a string says once its escapes are read
 * @param number the value of a number
 * @param start of its first character
 * @param end after its last character
 */
record Token(Kind kind, String text, double number, int start, int end) {

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    enum Kind {
        WORD,
        STRING,
        NUMBER,
        SYMBOL,
        END
    }
}
