package io.spanloom.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What has been found out about the types of a class loader, or of a build: which have annotations of ours that subtypes
 * inherit, and which are annotations that stand for ours. Each is looked at once. Holds no class and no loader.
 *
 * <p>A supertype is looked up as a class file, though the JVM is about to load it: the JVM shows a class to its agents before
 * it loads the supertypes, and what a transformer itself loads is shown to it never.
 */
final class KnownTypes {

    /** Beyond so many, a type is looked at again each time; far more than a loader has supertypes. */
    private static final int LIMIT = 50_000;

    /** How far an annotation of annotations is followed. */
    private static final int DEPTH = 4;

    private final WeaveSettings settings;
    private final Map<String, Optional<ClassFacts>> inheritable = new ConcurrentHashMap<>();
    private final Map<String, List<AnnotationFacts>> meanings = new ConcurrentHashMap<>();

    /** With nothing configured: our own annotations alone. */
    KnownTypes() {
        this(WeaveSettings.NONE);
    }

    KnownTypes(WeaveSettings settings) {
        this.settings = settings;
    }

    WeaveSettings settings() {
        return settings;
    }

    /** Whether the class file has annotations of ours, inherits some, has others that stand for ours, or is included. */
    boolean concern(byte[] classFile, ClassFileSource source) {
        boolean annotated = concern(classFile, source, List.of());
        return settings.selection().includesNothing()
                ? annotated
                : settings.selection().mayInclude(new ClassOutline(classFile)) || annotated;
    }

    private boolean concern(byte[] classFile, ClassFileSource source, List<String> subtypes) {
        boolean concerned = AnnotationScan.hits(classFile);
        ClassOutline outline = new ClassOutline(classFile);
        List<String> path = new ArrayList<>(subtypes);
        path.add(outline.name);
        for (String each : outline.supertypes) {
            concerned |= !path.contains(each) && inheritable(each, source, path).isPresent();
        }
        for (String each : outline.annotations) {
            concerned |= settings.covers(each) || !meaning(each, source).isEmpty();
        }
        if (!outline.isFinal && inheritable.size() < LIMIT) {
            inheritable.put(outline.name, concerned ? Optional.of(facts(classFile, source)) : Optional.empty());
        }
        return concerned;
    }

    /** The type as its subtypes see it; null where it has nothing for them, nor has any supertype. */
    @Nullable
    ClassFacts find(String internalName, ClassFileSource source) {
        return internalName.startsWith("java/")
                ? null
                : inheritable(internalName, source, List.of()).orElse(null);
    }

    private Optional<ClassFacts> inheritable(String internalName, ClassFileSource source, List<String> subtypes) {
        Optional<ClassFacts> known = inheritable.get(internalName);
        if (known != null) {
            return known;
        }
        Optional<ClassFacts> found = Optional.empty();
        byte[] bytes = source.find(internalName);
        if (bytes != null) {
            try {
                found = concern(bytes, source, subtypes) ? Optional.of(facts(bytes, source)) : found;
            } catch (RuntimeException unreadable) {
                // As if it had no annotations: who loads it will hear from the JVM.
            }
        }
        if (inheritable.size() < LIMIT) {
            inheritable.put(internalName, found);
        }
        return found;
    }

    private ClassFacts facts(byte[] classFile, ClassFileSource source) {
        ClassFacts facts = ClassFacts.read(ClassFile.reader(classFile));
        facts.resolve(each -> meaning(each, source));
        return facts;
    }

    /** What an annotation that is not ours stands for: by itself, or because its type carries some of ours. */
    List<AnnotationFacts> meaning(AnnotationFacts annotation, ClassFileSource source) {
        List<AnnotationFacts> translated = settings.translate(annotation);
        return translated.isEmpty() ? meaning(annotation.type(), source) : translated;
    }

    /** The annotations of ours that an annotation type carries, also by way of others; empty for nearly all. */
    private List<AnnotationFacts> meaning(String internalName, ClassFileSource source) {
        List<AnnotationFacts> known = meanings.get(internalName);
        if (known == null) {
            known = meaning(internalName, source, List.of());
            if (meanings.size() < LIMIT) {
                meanings.put(internalName, known);
            }
        }
        return known;
    }

    /** @param path the annotations that led here: some annotate themselves, or each other */
    private List<AnnotationFacts> meaning(String internalName, ClassFileSource source, List<String> path) {
        if (internalName.startsWith("java/") || path.size() >= DEPTH || path.contains(internalName)) {
            return List.of();
        }
        byte[] bytes = source.find(internalName);
        if (bytes == null) {
            return List.of();
        }
        try {
            if (!AnnotationScan.hits(bytes) && new ClassOutline(bytes).annotations.isEmpty()) {
                return List.of();
            }
            ClassFacts facts = ClassFacts.read(ClassFile.reader(bytes));
            List<String> further = new ArrayList<>(path);
            further.add(internalName);
            facts.resolve(each -> {
                List<AnnotationFacts> translated = settings.translate(each);
                return translated.isEmpty() ? meaning(each.type(), source, further) : translated;
            });
            List<AnnotationFacts> meant = new ArrayList<>();
            for (AnnotationFacts each : facts.annotations) {
                meant.add(each.by(facts.simpleName));
            }
            return List.copyOf(meant);
        } catch (RuntimeException unreadable) {
            return List.of();
        }
    }
}
