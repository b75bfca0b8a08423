package io.spanloom.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;

/**
 * A program that loads 5,000 classes of libraries from its own jar and ends: what {@code benchmarks/startup} times with
 * and without agents. With the argument {@code traced}, one annotated method is called at the end.
 */
public final class StartUp {

    private static final int CLASSES = 5_000;

    private StartUp() {}

    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        int loaded = 0;
        ClassLoader loader = StartUp.class.getClassLoader();
        for (String name : names(Path.of(System.getProperty("java.class.path")))) {
            try {
                Class.forName(name, false, loader);
                loaded++;
            } catch (ClassNotFoundException | LinkageError incomplete) {
                continue; // a class of an optional library's
            }
            if (loaded == CLASSES) {
                break;
            }
        }
        if (args.length > 0) {
            System.setProperty("tracing.backend", "none");
            AnnotatedClasses annotated = new AnnotatedClasses();
            for (int number = 1; number <= Integer.parseInt(args[0]); number++) {
                annotated.load(number).run();
            }
        }
        System.out.println(loaded + " classes");
    }

    private static List<String> names(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                    .filter(name -> !name.startsWith("io/spanloom/") && !name.startsWith("org/openjdk/jmh/"))
                    .sorted()
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
        }
    }
}
