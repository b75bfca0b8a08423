package io.spanloom.weave;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The little of a class file that tells whether a closer look is worth it: its supertypes and the types of the annotations
 * on it and on its methods. Every class that is loaded passes here, so it is read by hand: no code, no names of members.
 *
 * <p>No lambda and no string concatenation here: this runs while the JVM may be linking the very classes that these need.
 * Loops are small and keep to local variables: most of them run in the interpreter, and the compiler's time counts, too.
 */
final class ClassOutline {

    /**
     * What the internal name of each annotation of ours begins with; without the {@code L} of descriptors, for with it the
     * weaver's own class files would seem to be annotated.
     */
    static final String PACKAGE = "io/spanloom/annotation/";

    private static final byte[] OURS = ascii(PACKAGE);

    /** Of what is worth comparing: a descriptor of ours is longer. */
    private static final int SHORTEST = OURS.length + 1;

    private static final byte[][] ANNOTATIONS = {
        ascii("RuntimeVisibleAnnotations"),
        ascii("RuntimeInvisibleAnnotations"),
        ascii("RuntimeVisibleParameterAnnotations"),
        ascii("RuntimeInvisibleParameterAnnotations")
    };

    /** The names of the attributes that are for parameters are longer than this, and the others are not. */
    private static final int LONGEST_NOT_OF_PARAMETERS = 27;

    private static final byte[][] PLATFORM = {
        ascii("java/"), ascii("javax/"), ascii("jakarta/"), ascii("jdk/"), ascii("sun/"), ascii("com/sun/")
    };

    /** Of each kind of constant, by its tag (JVMS 4.4); of a {@code Utf8} without its text. */
    private static final byte[] SIZES = {0, 3, 0, 5, 5, 9, 9, 3, 3, 5, 5, 5, 5, 0, 0, 4, 3, 5, 5, 3, 3};

    /** Of methods whose code inherits nothing, or that have none: private, static, bridge, native, abstract, synthetic. */
    private static final int NOT_OVERRIDING = 0x0002 | 0x0008 | 0x0040 | 0x0100 | 0x0400 | 0x1000;

    private final byte[] bytes;

    /** Where each begins; negative where it is the name of an attribute with annotations. */
    private final int[] constants;

    private final int header;
    private boolean annotated;

    /** Whether it names an annotation of ours. */
    boolean mentionsOurs;

    final boolean isFinal;

    private @Nullable List<String> supertypes;
    private @Nullable List<String> annotations;

    /** @throws RuntimeException where it is no class file */
    ClassOutline(byte[] bytes) {
        this.bytes = bytes;
        constants = new int[u2(8)];
        header = readConstants();
        isFinal = (u2(header) & 0x0010) != 0;
    }

    /** The internal name. */
    String name() {
        return className(u2(header + 2));
    }

    /** Internal names, without those of {@link #isPlatform platform} packages; the superclass first. */
    List<String> supertypes() {
        List<String> known = supertypes;
        if (known == null) {
            known = readSupertypes();
            supertypes = known;
        }
        return known;
    }

    /** Internal names, without ours and those of {@link #isPlatform platform} packages; with repetitions. */
    List<String> annotations() {
        List<String> known = annotations;
        if (known == null) {
            known = annotated ? readAnnotations() : List.of();
            annotations = known;
        }
        return known;
    }

    /** Binary names of {@link #annotations}. */
    List<String> annotationNames() {
        List<String> names = new ArrayList<>();
        for (String each : annotations()) {
            names.add(each.replace('/', '.'));
        }
        return names;
    }

    /** Returns where they end. */
    private int readConstants() {
        byte[] b = bytes;
        int[] starts = constants;
        int at = 10;
        for (int i = 1; i < starts.length; i++) {
            int entry = i;
            starts[entry] = at;
            int tag = b[at];
            int size = SIZES[tag];
            i += size / 9; // long and double count twice; a branch that is rarely taken is compiled twice
            if (tag == 1) {
                int length = ((b[at + 1] & 0xFF) << 8) | (b[at + 2] & 0xFF);
                if (length >= SHORTEST) { // as are the names of the attributes
                    int first = b[at + 3];
                    if (first == 'L') {
                        mentionsOurs |= b[at + 4] == 'i' && has(at + 4, OURS);
                    } else if (first == 'R' && isAnnotations(at, length)) {
                        annotated = true;
                        starts[entry] = -at;
                    }
                }
                size += length;
            } else if (size == 0) {
                throw new IllegalArgumentException("unknown constant");
            }
            at += size;
        }
        return at;
    }

    private boolean isAnnotations(int at, int length) {
        for (byte[] each : ANNOTATIONS) {
            if (length == each.length && has(at + 3, each)) {
                return true;
            }
        }
        return false;
    }

    private List<String> readSupertypes() {
        int count = 1 + u2(header + 6);
        List<String> names = List.of();
        for (int i = 0; i < count; i++) {
            int index = u2(i == 0 ? header + 4 : header + 6 + 2 * i);
            if (index != 0 && !isPlatform(constant(u2(constant(index) + 1)), 3)) {
                if (names.isEmpty()) {
                    names = new ArrayList<>(2);
                }
                names.add(className(index));
            }
        }
        return names;
    }

    /** Returns where the methods begin. */
    private int skipFields() {
        int fields = header + 8 + 2 * u2(header + 6);
        int at = fields + 2;
        for (int left = u2(fields); left > 0; left--) {
            at = skipAttributes(at + 6);
        }
        return at;
    }

    /** Whether a method's code may be under annotations of a supertype's. */
    boolean overrides() {
        int at = skipFields();
        int methods = u2(at);
        at += 2;
        for (int i = 0; i < methods; i++) {
            if ((u2(at) & NOT_OVERRIDING) == 0 && bytes[constant(u2(at + 2)) + 3] != '<') {
                return true;
            }
            at = skipAttributes(at + 6);
        }
        return false;
    }

    private int skipAttributes(int from) {
        int at = from + 2;
        for (int left = u2(from); left > 0; left--) {
            at += 6 + s4(at + 2);
        }
        return at;
    }

    private List<String> readAnnotations() {
        List<String> names = new ArrayList<>(2);
        int at = skipFields();
        int methods = u2(at);
        at += 2;
        for (int i = 0; i < methods; i++) {
            at = readAttributes(at + 6, names);
        }
        readAttributes(at, names);
        return names;
    }

    /** Returns where they end, as all below. */
    private int readAttributes(int from, List<String> names) {
        int at = from + 2;
        for (int left = u2(from); left > 0; left--) {
            int name = constants[u2(at)];
            if (name < 0) {
                boolean ofParameters = u2(1 - name) > LONGEST_NOT_OF_PARAMETERS;
                int lists = ofParameters ? bytes[at + 6] & 0xFF : 1;
                int list = ofParameters ? at + 7 : at + 6;
                for (int i = 0; i < lists; i++) {
                    list = readList(list, names);
                }
            }
            at += 6 + s4(at + 2);
        }
        return at;
    }

    private int readList(int from, List<String> names) {
        int at = from + 2;
        for (int left = u2(from); left > 0; left--) {
            int type = constant(u2(at));
            int length = u2(type + 1);
            if (!isPlatform(type, 4) && !(length >= SHORTEST && has(type + 4, OURS))) {
                names.add(new String(bytes, type + 4, length - 2, StandardCharsets.UTF_8));
            }
            at = skipPairs(at + 2);
        }
        return at;
    }

    private int skipPairs(int from) {
        int at = from + 2;
        for (int left = u2(from); left > 0; left--) {
            at = skipValue(at + 2);
        }
        return at;
    }

    private int skipValue(int from) {
        switch (bytes[from]) {
            case 'e':
                return from + 5;
            case '@':
                return skipPairs(from + 3);
            case '[':
                int at = from + 3;
                for (int left = u2(from + 1); left > 0; left--) {
                    at = skipValue(at);
                }
                return at;
            default:
                return from + 3;
        }
    }

    /**
     * Of the JDK or of the specifications beside it: nobody puts annotations of ours there.
     *
     * @param offset of the name in the constant: 3, and one more in a descriptor
     */
    private boolean isPlatform(int constant, int offset) {
        int from = constant + offset;
        byte first = bytes[from];
        if (first != 'j' && first != 's' && first != 'c') {
            return false;
        }
        for (byte[] each : PLATFORM) {
            if (u2(constant + 1) >= each.length && has(from, each)) {
                return true;
            }
        }
        return false;
    }

    private boolean has(int from, byte[] text) {
        byte[] b = bytes;
        for (int i = 0; i < text.length; i++) {
            if (b[from + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** Names outside the Basic Multilingual Plane come out wrong, are found nowhere, and so inherit nothing. */
    private String className(int index) {
        int name = constant(u2(constant(index) + 1));
        return new String(bytes, name + 3, u2(name + 1), StandardCharsets.UTF_8);
    }

    /** Where a constant begins. */
    private int constant(int index) {
        int at = constants[index];
        return at < 0 ? -at : at;
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
