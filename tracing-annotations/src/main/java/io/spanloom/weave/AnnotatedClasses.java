package io.spanloom.weave;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import org.jspecify.annotations.Nullable;

/**
 * The index of a build's annotated classes: one line each, {@code woven com.example.Shop} or {@code unwoven
 * com.example.Shop}, sorted by name. Written from all class files of the folder, so that it is the same after a build that
 * compiled only some of them. Core reads it, so the form stays.
 */
final class AnnotatedClasses {

    static final String FILE = "META-INF/spanloom/annotated-classes";
    static final String WOVEN = "woven ";
    static final String UNWOVEN = "unwoven ";

    private AnnotatedClasses() {}

    /**
     * Removes the file where nothing is annotated.
     *
     * @param libraries where supertypes and annotations are found that are not in the folder
     * @return how many classes are left for a weaver
     */
    static int write(Path folder, ClassFileSource libraries, WeaveSettings settings) throws IOException {
        Path file = folder.resolve(FILE);
        List<String> lines = lines(folder, libraries, settings);
        if (lines.isEmpty()) {
            Files.deleteIfExists(file);
            return 0;
        }
        String text = String.join("\n", lines) + "\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (Files.isRegularFile(file) && java.util.Arrays.equals(Files.readAllBytes(file), bytes)) {
            return unwoven(lines); // what packs the folder need not do it again
        }
        Files.createDirectories(folder.resolve(FILE).getParent());
        Files.write(file, bytes);
        return unwoven(lines);
    }

    private static int unwoven(List<String> lines) {
        int count = 0;
        for (String line : lines) {
            count += line.startsWith(UNWOVEN) ? 1 : 0;
        }
        return count;
    }

    private static List<String> lines(Path folder, ClassFileSource libraries, WeaveSettings settings)
            throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(each -> each.toString().endsWith(".class")).toList();
        }
        KnownTypes types = new KnownTypes(settings);
        ClassFileSource source = internalName -> {
            byte[] own = read(folder.resolve(internalName + ".class"));
            return own != null ? own : libraries.find(internalName);
        };
        TreeMap<String, String> lines = new TreeMap<>();
        for (Path each : files) {
            byte[] bytes = Files.readAllBytes(each);
            String state = types.concern(bytes, source) ? state(bytes, types, source) : null;
            if (state != null) {
                String name = new ClassReader(bytes).getClassName().replace('/', '.');
                lines.put(name, state + name);
            }
        }
        return new ArrayList<>(lines.values());
    }

    private static byte @Nullable [] read(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
        } catch (IOException unreadable) {
            return null;
        }
    }

    /** Null where no method is, or could be, woven. */
    private static @Nullable String state(byte[] bytes, KnownTypes types, ClassFileSource source) {
        if (new ClassFile(bytes, types, source).hasWork()) {
            return UNWOVEN;
        }
        return isWoven(bytes) ? WOVEN : null;
    }

    /** Whether a class, as it is in a folder, is woven. */
    static boolean isWoven(Path folder, String className) {
        byte[] bytes = read(folder.resolve(className.replace('.', '/') + ".class"));
        return bytes != null && isWoven(bytes);
    }

    private static boolean isWoven(byte[] bytes) {
        for (MethodFacts method : ClassFacts.read(ClassFile.reader(bytes)).methods) {
            if (method.woven) {
                return true;
            }
        }
        return false;
    }
}
