package io.spanloom.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /**
     * What a type has for its subtypes.
     *
     * @param facts null where it has nothing
     * @param unasked supertypes that count as well, and have not been looked at: nobody had a reason to
     * @param length of the class file that was looked at; 0 where there was none
     */
    private record Heritage(@Nullable ClassFacts facts, List<String> unasked, int length) {

        /** Whether it is certain that there is nothing, neither for the type itself. */
        boolean isNothing(int fileLength) {
            return facts == null && unasked.isEmpty() && length == fileLength;
        }
    }

    /** Of a type that was not looked at. */
    private static final Heritage NOTHING = new Heritage(null, List.of(), 0);

    private final Map<String, Heritage> heritages = new ConcurrentHashMap<>();
    private final WeaveSettings settings;
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
        ClassOutline outline = new ClassOutline(classFile);
        String name = outline.name();
        boolean annotated =
                isLibrarys(name) ? outline.mentionsOurs : concern(name, outline, classFile, source, List.of());
        return annotated || mayInclude(outline);
    }

    /**
     * The same, asked by who would weave it. Many types, nearly all interfaces and exceptions among them, have no code that
     * could inherit: their supertypes are not looked at, unless a subtype asks, when the JVM has mostly shown them.
     */
    boolean concernCode(String internalName, byte[] classFile, ClassFileSource source) {
        Heritage known = heritages.get(internalName);
        if (known != null
                && known.isNothing(classFile.length)
                && settings.selection().includesNothing()) {
            return false; // looked at as another's supertype
        }
        ClassOutline outline = new ClassOutline(classFile);
        if (mayInclude(outline)) {
            return true;
        }
        if (isLibrarys(internalName)) {
            return outline.mentionsOurs;
        }
        boolean asks = outline.mentionsOurs || !outline.supertypes().isEmpty() && outline.overrides();
        if (asks || means(outline, source)) {
            return concern(internalName, outline, classFile, source, List.of());
        }
        if (!outline.isFinal) {
            keep(internalName, new Heritage(null, outline.supertypes(), classFile.length));
        }
        return false;
    }

    private boolean concern(
            String name, ClassOutline outline, byte[] classFile, ClassFileSource source, List<String> subtypes) {
        boolean concerned = outline.mentionsOurs;
        concerned |= inherits(name, outline.supertypes(), source, subtypes);
        concerned |= means(outline, source);
        if (!outline.isFinal) {
            ClassFacts facts = concerned ? facts(classFile, source) : null;
            keep(name, new Heritage(facts, List.of(), classFile.length));
        }
        return concerned;
    }

    /** Whether its supertypes and annotations need not be looked at; annotations of others may be anywhere. */
    boolean isLibrarys(String internalName) {
        return settings.foreign().isEmpty() && Libraries.have(internalName);
    }

    private boolean mayInclude(ClassOutline outline) {
        Selection selection = settings.selection();
        return !selection.includesNothing() && selection.mayInclude(outline);
    }

    private boolean means(ClassOutline outline, ClassFileSource source) {
        boolean means = false;
        for (String each : outline.annotations()) {
            means |= settings.covers(each) || !meaning(each, source).isEmpty();
        }
        return means;
    }

    private boolean inherits(String name, List<String> supertypes, ClassFileSource source, List<String> subtypes) {
        boolean inherits = false;
        List<String> path = List.of();
        for (String each : supertypes) {
            Heritage known = heritages.get(each);
            if (known != null && known.unasked.isEmpty()) {
                inherits |= known.facts != null;
                continue;
            }
            if (path.isEmpty()) {
                path = new ArrayList<>(subtypes);
                path.add(name);
            }
            inherits |= !path.contains(each) && heritage(each, source, path) != null;
        }
        return inherits;
    }

    private void keep(String internalName, Heritage heritage) {
        if (heritages.size() < LIMIT) {
            heritages.put(internalName, heritage);
        }
    }

    /** The type as its subtypes see it; null where it has nothing for them, nor has any supertype. */
    @Nullable
    ClassFacts find(String internalName, ClassFileSource source) {
        return internalName.startsWith("java/") ? null : heritage(internalName, source, List.of());
    }

    private @Nullable ClassFacts heritage(String internalName, ClassFileSource source, List<String> subtypes) {
        Heritage known = heritages.get(internalName);
        if (known != null && known.unasked.isEmpty()) {
            return known.facts;
        }
        if (isLibrarys(internalName)) {
            keep(internalName, NOTHING);
            return null;
        }
        Heritage found = new Heritage(null, List.of(), known == null ? 0 : known.length);
        if (known == null || inherits(internalName, known.unasked, source, subtypes)) {
            byte[] bytes = source.find(internalName);
            try {
                if (bytes != null) {
                    boolean concerned = concern(internalName, new ClassOutline(bytes), bytes, source, subtypes);
                    found = new Heritage(concerned ? facts(bytes, source) : null, List.of(), bytes.length);
                }
            } catch (RuntimeException unreadable) {
                // As if it had no annotations: who loads it will hear from the JVM.
            }
        }
        keep(internalName, found);
        return found.facts;
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

    private boolean means(List<String> annotations, ClassFileSource source, List<String> path) {
        for (String each : annotations) {
            if (settings.covers(each) || !meaning(each, source, path).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** @param path the annotations that led here: some annotate themselves, or each other */
    private List<AnnotationFacts> meaning(String internalName, ClassFileSource source, List<String> path) {
        if (internalName.startsWith("java/")
                || Libraries.have(internalName)
                || path.size() >= DEPTH
                || path.contains(internalName)) {
            return List.of();
        }
        byte[] bytes = source.find(internalName);
        if (bytes == null) {
            return List.of();
        }
        try {
            ClassOutline outline = new ClassOutline(bytes);
            if (!outline.mentionsOurs && outline.annotations().isEmpty()) {
                return List.of();
            }
            List<String> further = new ArrayList<>(path);
            further.add(internalName);
            if (!outline.mentionsOurs && !means(outline.annotations(), source, further)) {
                return List.of();
            }
            ClassFacts facts = ClassFacts.read(ClassFile.reader(bytes));
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
