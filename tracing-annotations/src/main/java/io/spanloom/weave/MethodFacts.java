package io.spanloom.weave;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
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

    /** The descriptor with its generic types; null where it has none. */
    final @Nullable String signature;

    final List<AnnotationFacts> annotations = new ArrayList<>();
    final Map<Integer, List<AnnotationFacts>> parameterAnnotations = new LinkedHashMap<>();

    private final List<@Nullable String> declaredNames = new ArrayList<>();
    private final Set<Label> passed = new HashSet<>();
    private final Map<Integer, String> localNames = new LinkedHashMap<>();

    /** The binary names of all its annotations, whoever's. */
    final Set<String> carried = new HashSet<>();

    /** Whose aspect the build has woven into it already; null where nobody's is. */
    @Nullable
    Foreign advisedBy;

    /** How many local variables its code has: the first slot that is free all through it. */
    int maxLocals;

    /** Whether it does nothing but read and write what is there: no call, no loop, nothing made. */
    boolean trivial = true;

    /** Whether its code calls our bootstrap already. */
    boolean woven;

    /** The descriptor of the method that a bridge calls. */
    String bridged = "";

    /** Of a constructor: how often its code calls {@code super(...)} or {@code this(...)}; 1, unless no compiler wrote it. */
    int initCalls;

    /** Of a constructor: the descriptor of the other that it calls with {@code this(...)}; empty where it calls none. */
    String delegate = "";

    /** The local variables that a constructor writes before it has called the other. */
    final Set<Integer> writtenEarly = new HashSet<>();

    private final String owner;
    private int made;
    private int hidden;

    MethodFacts(int access, String name, String descriptor, @Nullable String signature, String owner) {
        super(Opcodes.ASM9);
        this.owner = owner;
        this.access = access;
        this.name = name;
        this.descriptor = descriptor;
        this.signature = signature;
    }

    boolean is(int flag) {
        return (access & flag) != 0;
    }

    void annotationsFrom(MethodFacts other) {
        annotations.clear();
        annotations.addAll(other.annotations);
        carried.addAll(other.carried);
        parameterAnnotations.clear();
        parameterAnnotations.putAll(other.parameterAnnotations);
    }

    boolean has(String annotation) {
        return AnnotationFacts.find(annotations, annotation) != null;
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
        String known = knownName(parameter);
        return known != null ? known : "arg" + parameter;
    }

    @Nullable
    String knownName(int parameter) {
        String declared = parameter < declaredNames.size() ? declaredNames.get(parameter) : null;
        return declared != null ? declared : localNames.get(slot(parameter));
    }

    /** The annotations of a parameter, which may be none. */
    List<AnnotationFacts> ofParameter(int parameter) {
        return parameterAnnotations.getOrDefault(parameter, List.of());
    }

    @Override
    public void visitParameter(@Nullable String parameter, int flags) {
        declaredNames.add(parameter);
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
        carried.add(Type.getType(type).getClassName());
        return AnnotationFacts.into(annotations, type);
    }

    /** The first parameters of constructors of enums and inner classes are not in the source, and cannot be annotated. */
    @Override
    public void visitAnnotableParameterCount(int count, boolean visible) {
        Type[] all = parameters();
        boolean leading = name.equals("<init>") && all.length > count && isHidden(all);
        hidden = leading ? Math.min(all.length - count, isEnum(all) ? 2 : 1) : 0;
    }

    private boolean isHidden(Type[] all) {
        return isEnum(all) || all[0].getSort() == Type.OBJECT && owner.startsWith(all[0].getInternalName() + "$");
    }

    private static boolean isEnum(Type[] all) {
        return all.length > 1 && all[0].getDescriptor().equals("Ljava/lang/String;") && all[1].equals(Type.INT_TYPE);
    }

    @Override
    public @Nullable AnnotationVisitor visitParameterAnnotation(int parameter, String type, boolean visible) {
        List<AnnotationFacts> known = parameterAnnotations.get(parameter + hidden);
        if (known == null) {
            known = new ArrayList<>();
            parameterAnnotations.put(parameter + hidden, known);
        }
        return AnnotationFacts.into(known, type);
    }

    @Override
    public void visitLocalVariable(
            String local, String type, @Nullable String signature, Label start, Label end, int index) {
        localNames.putIfAbsent(index, local);
    }

    @Override
    public void visitMethodInsn(int opcode, String target, String called, String type, boolean ofInterface) {
        trivial = false;
        if (called.equals("aspectOf")) {
            advisedBy = Foreign.ofAspect(target);
        }
        if (called.equals(name)) {
            bridged = type;
        }
        if (name.equals("<init>") && called.equals("<init>") && made-- == 0) {
            made = 0;
            initCalls++;
            delegate = target.equals(owner) ? type : "";
        }
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        if (opcode >= Opcodes.ISTORE && initCalls == 0 && name.equals("<init>")) {
            writtenEarly.add(variable);
        }
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
        made += opcode == Opcodes.NEW ? 1 : 0;
    }

    @Override
    public void visitMaxs(int stack, int locals) {
        maxLocals = locals;
        passed.clear();
        int end = slot(parameters().length);
        for (Iterator<Integer> each = localNames.keySet().iterator(); each.hasNext(); ) { // no lambda: see ClassOutline
            if (each.next() > end) {
                each.remove();
            }
        }
    }
}
