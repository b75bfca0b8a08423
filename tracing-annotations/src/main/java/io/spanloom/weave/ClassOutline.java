package io.spanloom.weave;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The little of a class file that tells whether a closer look is worth it: its supertypes and the types of the annotations
 * on it and on its methods. Every class that is loaded passes here, so it is read by hand: no code, no names of members.
 *
 * <p>No lambda and no string concatenation here: this runs while the JVM may be linking the very classes that these need.
 */
final class ClassOutline {

    /** What the descriptor of each annotation of ours begins with. */
    static final String PREFIX = "Lio/spanloom/annotation/";

    private static final byte[] VISIBLE = ascii("RuntimeVisibleAnnotations");
    private static final byte[] INVISIBLE = ascii("RuntimeInvisibleAnnotations");
    private static final byte[] VISIBLE_PARAMETERS = ascii("RuntimeVisibleParameterAnnotations");
    private static final byte[] INVISIBLE_PARAMETERS = ascii("RuntimeInvisibleParameterAnnotations");

    private static final byte[][] PLATFORM = {
        ascii("java/"), ascii("javax/"), ascii("jakarta/"), ascii("jdk/"), ascii("sun/"), ascii("com/sun/")
    };
    private static final byte[] OURS = ascii(PREFIX);

    /** Of methods whose code inherits nothing, or that have none: private, static, bridge, native, abstract, synthetic. */
    private static final int NOT_OVERRIDING = 0x0002 | 0x0008 | 0x0040 | 0x0100 | 0x0400 | 0x1000;

    private final byte[] bytes;
    private final int[] constants;
    private final int members;
    private boolean annotated;
    private int at;

    /** Whether it names an annotation of ours. */
    boolean mentionsOurs;

    /** Internal names, without those of {@link #isPlatform platform} packages; the superclass first. */
    final List<String> supertypes = new ArrayList<>(2);

    /** Internal names, without ours and those of {@link #isPlatform platform} packages; with repetitions. */
    final List<String> annotations = new ArrayList<>(0);

    final String name;

    final boolean isFinal;

    /** @throws RuntimeException where it is no class file */
    ClassOutline(byte[] bytes) {
        this.bytes = bytes;
        this.constants = new int[u2(8)];
        at = 10;
        readConstants();
        isFinal = (u2(at) & 0x0010) != 0;
        name = className(u2(at + 2));
        addSupertype(u2(at + 4));
        int interfaces = u2(at + 6);
        at += 8;
        for (int i = 0; i < interfaces; i++, at += 2) {
            addSupertype(u2(at));
        }
        members = at;
        if (annotated) {
            readMembers(false);
            readMembers(true);
            readAttributes(true);
        }
    }

    /** Binary names of {@link #annotations}. */
    List<String> annotationNames() {
        List<String> names = new ArrayList<>(annotations.size());
        for (String each : annotations) {
            names.add(each.replace('/', '.'));
        }
        return names;
    }

    private void readConstants() {
        for (int i = 1; i < constants.length; i++) {
            constants[i] = at;
            switch (bytes[at]) {
                case 1 -> {
                    int length = u2(at + 1);
                    if (length >= OURS.length) { // as are the names of the attributes
                        if (bytes[at + 3] == 'L') {
                            mentionsOurs |= startsWith(at, OURS);
                        } else if (bytes[at + 3] == 'R') {
                            annotated |= isAnnotations(at) || isParameterAnnotations(at);
                        }
                    }
                    at += 3 + length;
                }
                case 7, 8, 16, 19, 20 -> at += 3;
                case 15 -> at += 4;
                case 5, 6 -> {
                    at += 9;
                    i++;
                }
                default -> at += 5;
            }
        }
    }

    private void addSupertype(int index) {
        if (index != 0 && !isPlatform(utf8(u2(constants[index] + 1)), 3)) {
            supertypes.add(className(index));
        }
    }

    /** Whether a method's code may be under annotations of a supertype's. */
    boolean overrides() {
        at = members;
        readMembers(false);
        int methods = u2(at);
        at += 2;
        for (int i = 0; i < methods; i++) {
            if ((u2(at) & NOT_OVERRIDING) == 0 && bytes[utf8(u2(at + 2)) + 3] != '<') {
                return true;
            }
            at += 6;
            readAttributes(false);
        }
        return false;
    }

    private void readMembers(boolean wanted) {
        int members = u2(at);
        at += 2;
        for (int i = 0; i < members; i++) {
            at += 6;
            readAttributes(wanted);
        }
    }

    private void readAttributes(boolean wanted) {
        int attributes = u2(at);
        at += 2;
        for (int i = 0; i < attributes; i++) {
            int nameAt = constants[u2(at)];
            int end = at + 6 + s4(at + 2);
            at += 6;
            if (wanted && isAnnotations(nameAt)) {
                readAnnotations();
            } else if (wanted && isParameterAnnotations(nameAt)) {
                int parameters = bytes[at++] & 0xFF;
                for (int p = 0; p < parameters; p++) {
                    readAnnotations();
                }
            }
            at = end;
        }
    }

    private void readAnnotations() {
        int count = u2(at);
        at += 2;
        for (int i = 0; i < count; i++) {
            readAnnotation(true);
        }
    }

    private void readAnnotation(boolean wanted) {
        int type = utf8(u2(at));
        if (wanted && !startsWith(type, OURS) && !isPlatform(type, 4)) {
            String descriptor = text(type);
            annotations.add(descriptor.substring(1, descriptor.length() - 1));
        }
        int pairs = u2(at + 2);
        at += 4;
        for (int i = 0; i < pairs; i++) {
            at += 2;
            skipValue();
        }
    }

    private void skipValue() {
        switch (bytes[at++]) {
            case 'e' -> at += 4;
            case '@' -> readAnnotation(false);
            case '[' -> {
                int values = u2(at);
                at += 2;
                for (int i = 0; i < values; i++) {
                    skipValue();
                }
            }
            default -> at += 2;
        }
    }

    private boolean isAnnotations(int constant) {
        return is(constant, VISIBLE) || is(constant, INVISIBLE);
    }

    private boolean isParameterAnnotations(int constant) {
        return is(constant, VISIBLE_PARAMETERS) || is(constant, INVISIBLE_PARAMETERS);
    }

    private boolean is(int constant, byte[] text) {
        return u2(constant + 1) == text.length
                && java.util.Arrays.equals(bytes, constant + 3, constant + 3 + text.length, text, 0, text.length);
    }

    private boolean startsWith(int constant, byte[] prefix) {
        return u2(constant + 1) >= prefix.length && has(constant + 3, prefix);
    }

    /**
     * Of the JDK or of the specifications beside it: nobody puts annotations of ours there.
     *
     * @param offset of the name in the constant: 3, and one more in a descriptor
     */
    private boolean isPlatform(int constant, int offset) {
        int from = constant + offset;
        for (byte[] each : PLATFORM) {
            if (u2(constant + 1) >= each.length && has(from, each)) {
                return true;
            }
        }
        return false;
    }

    private boolean has(int from, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (bytes[from + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    private String className(int index) {
        return text(utf8(u2(constants[index] + 1)));
    }

    private int utf8(int index) {
        return constants[index];
    }

    /** Names outside the Basic Multilingual Plane come out wrong, are found nowhere, and so inherit nothing. */
    private String text(int constant) {
        return new String(bytes, constant + 3, u2(constant + 1), StandardCharsets.UTF_8);
    }

    private int u2(int offset) {
        return ((bytes[offset] & 0xFF) << 8) | (bytes[offset + 1] & 0xFF);
    }

    private int s4(int offset) {
        return (u2(offset) << 16) | u2(offset + 2);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
