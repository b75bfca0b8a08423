package io.spanloom.weave;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** What the rules want to know of a method. */
final class MethodFacts extends MethodVisitor {

    final int access;
    final String name;
    final String descriptor;
    final List<AnnotationFacts> annotations = new ArrayList<>();
    final Map<Integer, List<AnnotationFacts>> parameterAnnotations = new LinkedHashMap<>();

    private final List<@Nullable String> declaredNames = new ArrayList<>();
    private final Set<Label> passed = new HashSet<>();
    private final Map<Integer, String> localNames = new LinkedHashMap<>();

    /** How many local variables its code has: the first slot that is free all through it. */
    int maxLocals;

    /** Whether it does nothing but read and write what is there: no call, no loop, nothing made. */
    boolean trivial = true;

    /** Whether its code calls our bootstrap already. */
    boolean woven;

    MethodFacts(int access, String name, String descriptor) {
        super(Opcodes.ASM9);
        this.access = access;
        this.name = name;
        this.descriptor = descriptor;
    }

    boolean is(int flag) {
        return (access & flag) != 0;
    }

    Type[] parameters() {
        return Type.getArgumentTypes(descriptor);
    }

    Type result() {
        return Type.getReturnType(descriptor);
    }

    /** The parameter's slot among the local variables. */
    int slot(int parameter) {
        int slot = is(Opcodes.ACC_STATIC) ? 0 : 1;
        Type[] types = parameters();
        for (int i = 0; i < parameter; i++) {
            slot += types[i].getSize();
        }
        return slot;
    }

    /** The parameter's name where the class file keeps it, else {@code argN}. */
    String parameterName(int parameter) {
        String declared = parameter < declaredNames.size() ? declaredNames.get(parameter) : null;
        String local = localNames.get(slot(parameter));
        return declared != null ? declared : local != null ? local : "arg" + parameter;
    }

    @Override
    public void visitParameter(@Nullable String parameter, int flags) {
        declaredNames.add(parameter);
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
        return AnnotationFacts.into(annotations, type);
    }

    @Override
    public @Nullable AnnotationVisitor visitParameterAnnotation(int parameter, String type, boolean visible) {
        return AnnotationFacts.into(parameterAnnotations.computeIfAbsent(parameter, p -> new ArrayList<>()), type);
    }

    @Override
    public void visitLocalVariable(
            String local, String type, @Nullable String signature, Label start, Label end, int index) {
        localNames.putIfAbsent(index, local);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String called, String type, boolean ofInterface) {
        trivial = false;
    }

    @Override
    public void visitInvokeDynamicInsn(String called, String type, Handle bootstrap, Object... arguments) {
        trivial = false;
        woven |= bootstrap.getOwner().startsWith(WovenCode.PACKAGE);
    }

    @Override
    public void visitLabel(Label label) {
        passed.add(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        trivial &= !passed.contains(label);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        trivial &= opcode == Opcodes.CHECKCAST;
    }

    @Override
    public void visitMaxs(int stack, int locals) {
        maxLocals = locals;
    }
}
