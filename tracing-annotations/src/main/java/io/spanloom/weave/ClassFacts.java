package io.spanloom.weave;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.RecordComponentVisitor;
import org.jspecify.annotations.Nullable;

/** What the rules want to know of a class, read from its file alone: no class is loaded, and no supertype looked at. */
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

    private ClassFacts() {
        super(Opcodes.ASM9);
    }

    static ClassFacts read(ClassReader reader) {
        ClassFacts facts = new ClassFacts();
        reader.accept(facts, ClassReader.SKIP_FRAMES);
        return facts;
    }

    boolean is(int flag) {
        return (access & flag) != 0;
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
        MethodFacts facts = new MethodFacts(flags, method, type);
        methods.add(facts);
        return facts;
    }
}
