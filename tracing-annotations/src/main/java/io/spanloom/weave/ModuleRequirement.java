package io.spanloom.weave;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A named module whose classes are woven at build time has to read core by its own descriptor: nobody adds that at run time.
 */
final class ModuleRequirement {

    private static final String CORE = "io.spanloom.core";
    private static final String ANNOTATIONS = "io.spanloom.annotations"; // requires core transitively

    private ModuleRequirement() {}

    /** @throws IllegalStateException with what to add where */
    static void check(File classes, String className) {
        Path file = classes.toPath().resolve("module-info.class");
        if (!Files.isRegularFile(file)) {
            return;
        }
        ModuleDescriptor module;
        try (InputStream stream = Files.newInputStream(file)) {
            module = ModuleDescriptor.read(stream);
        } catch (IOException | java.lang.module.InvalidModuleDescriptorException unreadable) {
            throw new IllegalStateException("TRC-062: " + file + " cannot be read", unreadable);
        }
        boolean reads = module.isAutomatic()
                || module.requires().stream()
                        .filter(each -> !each.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                        .anyMatch(
                                each -> each.name().equals(CORE) || each.name().equals(ANNOTATIONS));
        if (!reads) {
            throw new IllegalStateException(
                    "TRC-062: the module " + module.name() + " has traced methods (in " + className
                            + ") but does not read the code that they call: add 'requires " + CORE
                            + ";' to its module-info.java"
                            + " (without 'static') - see docs/messages.md#trc-062");
        }
    }
}
