package io.spanloom.weave;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.RecordComponentVisitor;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** What the rules want to know of a class, read from its file alone: no class is loaded. */
final class ClassFacts extends ClassVisitor {

    /** The binary name. */
    String name = "";

    String simpleName = "";
    int access;

    /** The class file's major version. */
    int version;

    final List<AnnotationFacts> annotations = new ArrayList<>();
    final List<MethodFacts> methods = new ArrayList<>();
    final Set<String> recordComponents = new HashSet<>();

    /** The binary names of all its annotations, whoever's. */
    final Set<String> carried = new HashSet<>();

    /** Internal names, the superclass first. */
    final List<String> supertypes = new ArrayList<>();

    private ClassFacts() {
        super(Opcodes.ASM9);
    }

    static ClassFacts read(ClassReader reader) {
        ClassFacts facts = new ClassFacts();
        reader.accept(facts, ClassReader.SKIP_FRAMES);
        return facts;
    }

    /** Takes the annotations from another reading of the class, method by method. */
    void annotationsFrom(ClassFacts other) {
        annotations.clear();
        annotations.addAll(other.annotations);
        carried.addAll(other.carried);
        for (MethodFacts mine : methods) {
            for (MethodFacts theirs : other.methods) {
                if (mine.name.equals(theirs.name) && mine.descriptor.equals(theirs.descriptor)) {
                    mine.annotationsFrom(theirs);
                }
            }
        }
    }

    /** Puts in place of each annotation that is not ours those of ours that it stands for; mostly none. */
    void resolve(Function<AnnotationFacts, List<AnnotationFacts>> meaning) {
        AnnotationFacts.resolve(annotations, meaning);
        for (MethodFacts method : methods) {
            AnnotationFacts.resolve(method.annotations, meaning);
            for (List<AnnotationFacts> each : method.parameterAnnotations.values()) {
                AnnotationFacts.resolve(each, meaning);
            }
        }
    }

    boolean is(int flag) {
        return (access & flag) != 0;
    }

    String packageName() {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    String internalName() {
        return name.replace('.', '/');
    }

    @Override
    public void visit(
            int fileVersion,
            int flags,
            String internalName,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        version = fileVersion & 0xFFFF;
        access = flags;
        name = internalName.replace('/', '.');
        simpleName = name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
        if (superName != null) {
            supertypes.add(superName);
        }
        if (interfaces != null) {
            supertypes.addAll(List.of(interfaces));
        }
    }

    @Override
    public void visitInnerClass(
            String internalName, @Nullable String outerName, @Nullable String innerName, int flags) {
        if (innerName != null && name.equals(internalName.replace('/', '.'))) {
            simpleName = innerName;
        }
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
        carried.add(Type.getType(type).getClassName());
        return AnnotationFacts.into(annotations, type);
    }

    @Override
    public @Nullable RecordComponentVisitor visitRecordComponent(
            String component, String type, @Nullable String signature) {
        recordComponents.add(component);
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            int flags, String method, String type, @Nullable String signature, String @Nullable [] exceptions) {
        MethodFacts facts = new MethodFacts(flags, method, type, signature, internalName());
        methods.add(facts);
        return facts;
    }
}
