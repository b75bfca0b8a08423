package io.spanloom.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Defines {@link Annotated000} under other names, so that as many annotated classes are loaded as a benchmark wants. */
final class AnnotatedClasses extends ClassLoader {

    private static final String FIRST = "Annotated000";

    private final String classFile;

    AnnotatedClasses() throws IOException {
        super(AnnotatedClasses.class.getClassLoader());
        try (InputStream stream =
                Objects.requireNonNull(AnnotatedClasses.class.getResourceAsStream(FIRST + ".class"))) {
            classFile = new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** @param number up to 999, since a name of another length would be another class file */
    Runnable load(int number) throws ReflectiveOperationException {
        String digits = String.valueOf(1_000 + number).substring(1);
        String fixed = FIRST.replace("000", digits);
        byte[] bytes = classFile.replace(FIRST, fixed).getBytes(StandardCharsets.ISO_8859_1);
        Class<?> type = defineClass("io.spanloom.benchmarks." + fixed, bytes, 0, bytes.length);
        return (Runnable) type.getConstructor().newInstance();
    }
}
