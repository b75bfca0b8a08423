package io.spanloom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What users may call is written down below {@code e2e/api}, so that a change of it is seen where it is made: a line that goes
 * away breaks somebody's program. Where the change is meant, copy {@code e2e/target/api} over it, in the same commit.
 */
class PublicApiTest {

    private static final Path WRITTEN = Path.of("api");
    private static final Path FOUND = Path.of("target", "api");

    private static Map<String, ModuleReference> modules() {
        Path[] path = Arrays.stream(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> Files.exists(entry.resolve("module-info.class")) || isOurs(entry))
                .toArray(Path[]::new);
        return ModuleFinder.of(path).findAll().stream()
                .filter(module -> module.descriptor().name().startsWith("io.spanloom."))
                .filter(module -> !module.descriptor().isAutomatic())
                .collect(Collectors.toMap(
                        module -> module.descriptor().name(), module -> module, (a, b) -> a, TreeMap::new));
    }

    private static boolean isOurs(Path entry) {
        String name = entry.getFileName().toString();
        return name.startsWith("tracing-") && name.endsWith(".jar");
    }

    @Test
    void whatUsersMayCall_isAsWrittenDown() throws IOException {
        Files.createDirectories(FOUND);
        Map<String, ModuleReference> modules = modules();
        assertThat(modules).hasSizeGreaterThan(8);
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, ModuleReference> module : modules.entrySet()) {
            String file = module.getKey() + ".txt";
            List<String> found = api(module.getValue());
            Files.write(FOUND.resolve(file), found);
            List<String> written =
                    Files.exists(WRITTEN.resolve(file)) ? Files.readAllLines(WRITTEN.resolve(file)) : List.of();
            written.stream().filter(line -> !found.contains(line)).forEach(line -> differences.add("- " + line));
            found.stream().filter(line -> !written.contains(line)).forEach(line -> differences.add("+ " + line));
        }

        assertThat(differences)
                .as("what users may call has changed; is it meant?")
                .isEmpty();
    }

    private static JavaClasses classes(URI place) throws IOException {
        boolean jar = place.getPath().endsWith(".jar");
        return new ClassFileImporter()
                .importUrl(URI.create(jar ? "jar:" + place + "!/io/" : place.toString())
                        .toURL());
    }

    private static List<String> api(ModuleReference module) throws IOException {
        Set<String> exported = module.descriptor().exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        JavaClasses classes = classes(module.location().orElseThrow());
        Set<String> lines = new TreeSet<>();
        for (JavaClass type : classes) {
            if (exported.contains(type.getPackageName()) && isVisible(type)) {
                lines.add(described(type));
                type.getMembers().stream()
                        .filter(member ->
                                isForUsers(member) && member.getOwner().equals(type))
                        .forEach(member -> lines.add(type.getName() + " " + described(member)));
            }
        }
        return List.copyOf(lines);
    }

    private static boolean isVisible(JavaClass type) {
        boolean open = type.getModifiers().contains(JavaModifier.PUBLIC)
                || type.getModifiers().contains(JavaModifier.PROTECTED);
        return open
                && !type.isAnonymousClass()
                && type.getEnclosingClass().map(PublicApiTest::isVisible).orElse(true);
    }

    private static boolean isForUsers(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }

    private static String described(JavaClass type) {
        String above = type.getRawSuperclass()
                .filter(superclass -> !superclass.getName().equals("java.lang.Object"))
                .map(superclass -> " extends " + superclass.getName())
                .orElse("");
        String interfaces = type.getRawInterfaces().stream()
                .map(JavaClass::getName)
                .sorted()
                .collect(Collectors.joining(", "));
        return type.getName()
                + words(type.getModifiers())
                + above
                + (interfaces.isEmpty() ? "" : " implements " + interfaces);
    }

    private static String described(JavaMember member) {
        if (member instanceof JavaField field) {
            return "." + field.getName() + ": " + field.getRawType().getName() + words(field.getModifiers());
        }
        JavaCodeUnit code = (JavaCodeUnit) member;
        String parameters =
                code.getRawParameterTypes().stream().map(JavaClass::getName).collect(Collectors.joining(", "));
        return "." + code.getName() + "(" + parameters + "): "
                + code.getRawReturnType().getName() + words(code.getModifiers());
    }

    /** Those that a caller or a subclass depends on. */
    private static String words(Set<JavaModifier> modifiers) {
        return modifiers.stream()
                .filter(modifier -> Set.of(JavaModifier.ABSTRACT, JavaModifier.FINAL, JavaModifier.STATIC)
                                .contains(modifier)
                        || modifier == JavaModifier.PROTECTED)
                .map(modifier -> " " + modifier.name().toLowerCase(java.util.Locale.ROOT))
                .sorted()
                .collect(Collectors.joining());
    }
}
