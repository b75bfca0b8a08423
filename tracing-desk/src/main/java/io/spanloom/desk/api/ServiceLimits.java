package io.spanloom.desk.api;

/** How much of a document the X-Ray service takes or keeps (developer guide, "Segment documents" and "Service quotas"). */
public final class ServiceLimits {
    /** Bytes of a document. */
    public static final int DOCUMENT_BYTES = 64 * 1024;

    /** Bytes of all documents of a trace. */
    public static final int TRACE_BYTES = 500 * 1024;

    /** Code points of a name. */
    public static final int NAME = 200;

    /** Characters of a text such as a URL. */
    public static final int TEXT = 250;

    /** Annotations of a trace that are indexed. */
    public static final int ANNOTATIONS = 50;

    public static final int ANNOTATION_KEY = 500;
    public static final int ANNOTATION_VALUE = 1_000;

    /** What names and keys may consist of, for people. */
    public static final String NAME_CHARACTERS = "letters, digits, white space and _ . : / % & # = + \\ - @";

    public static final String KEY_CHARACTERS = "letters, digits, _ and .";

    private static final String SIGNS = " \t\n\u000b\f\r_.:/%&#=+\\-@";

    private ServiceLimits() {}

    public static int length(String name) {
        return name.codePointCount(0, name.length());
    }

    /** Asked of each span of a trace, of which there may be 100,000: no pattern. */
    public static boolean hasNameCharacters(String name) {
        return name.codePoints().allMatch(c -> Character.isLetter(c) || isNumber(c) || SIGNS.indexOf(c) >= 0);
    }

    private static boolean isNumber(int c) {
        int type = Character.getType(c);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    public static boolean hasKeyCharacters(String key) {
        return !key.isEmpty()
                && key.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '_'
                                || c == '.');
    }
}
