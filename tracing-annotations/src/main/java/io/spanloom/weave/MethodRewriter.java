package io.spanloom.weave;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Writes the calls into a method: enter before its first instruction, exit before each return, and exit in a handler around
 * all of it, which throws on what it caught. In a constructor all this begins after {@code super(...)} or
 * {@code this(...)}: until then the JVM allows no handler, and there is no object yet that the span could be about.
 *
 * <p>The span has the local variable above all of the method's own. Those keep their places, so that debuggers see what
 * the source says, and no reuse of a parameter's place by an optimizer can touch ours. No branch is added, and no line
 * number. The handler's frame knows the span alone: whatever the method did to its parameters fits.
 */
final class MethodRewriter extends MethodVisitor {

    private static final String OBJECT = "java/lang/Object";

    private final Layout layout;
    private final SiteCode site;
    private final int slot;
    private final Label begin = new Label();

    /** Whether this is a constructor that has not called {@code super(...)} or {@code this(...)} yet. */
    private boolean early;

    /** How many objects it has made, and not yet constructed. */
    private int made;

    MethodRewriter(MethodVisitor next, int access, MethodPlan plan, SiteCode site) {
        super(Opcodes.ASM9, next);
        this.layout = new Layout(access, plan.descriptor());
        this.site = site;
        this.slot = plan.maxLocals();
        this.early = plan.name().equals("<init>");
    }

    @Override
    public void visitCode() {
        super.visitCode();
        if (!early) {
            enter();
        }
    }

    private void enter() {
        StringBuilder type = new StringBuilder("(");
        for (int parameter : site.captured()) {
            Type declared = layout.parameters[parameter];
            super.visitVarInsn(declared.getOpcode(Opcodes.ILOAD), layout.slots[parameter]);
            type.append(passedAs(declared));
        }
        type.append(")L").append(WovenCode.SPAN).append(';');
        super.visitInvokeDynamicInsn(
                "enter",
                type.toString(),
                WovenCode.BOOTSTRAP_ENTER,
                site.enter().toArray());
        super.visitVarInsn(Opcodes.ASTORE, slot);
        super.visitLabel(begin);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        made += opcode == Opcodes.NEW ? 1 : 0;
        super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
        super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
        if (early && name.equals("<init>") && made-- == 0) {
            early = false;
            enter();
        }
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            exit();
        }
        super.visitInsn(opcode);
    }

    private void exit() {
        if (site.timing() == ResultTiming.SUBSCRIBED) {
            super.visitVarInsn(Opcodes.ALOAD, slot);
            result("(L" + OBJECT + ";L" + WovenCode.SPAN + ";)L" + OBJECT + ";");
            super.visitTypeInsn(Opcodes.CHECKCAST, layout.result.getInternalName());
            return;
        }
        if (site.timing() == ResultTiming.UNKNOWN) {
            super.visitInsn(Opcodes.DUP);
            super.visitVarInsn(Opcodes.ALOAD, slot);
            result("(L" + OBJECT + ";L" + WovenCode.SPAN + ";)V");
            return;
        }
        if (site.exit().isEmpty()) {
            super.visitVarInsn(Opcodes.ALOAD, slot);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, WovenCode.ENTRY, "exit", WovenCode.EXIT, false);
            return;
        }
        super.visitInsn(layout.result.getSize() == 2 ? Opcodes.DUP2 : Opcodes.DUP);
        super.visitVarInsn(Opcodes.ALOAD, slot);
        super.visitInvokeDynamicInsn(
                "exit",
                "(" + passedAs(layout.result) + "L" + WovenCode.SPAN + ";)V",
                WovenCode.BOOTSTRAP_EXIT,
                site.exit().toArray());
    }

    private void result(String type) {
        super.visitInvokeDynamicInsn(
                "result", type, WovenCode.BOOTSTRAP_RESULT, site.exit().toArray());
    }

    /** A call's own type must resolve whatever the application's classes are like: only primitives and strings are named. */
    private static String passedAs(Type declared) {
        boolean named =
                declared.getSort() < Type.ARRAY || declared.getDescriptor().equals("Ljava/lang/String;");
        return named ? declared.getDescriptor() : "L" + OBJECT + ";";
    }

    @Override
    public void visitFrame(int type, int localCount, Object[] locals, int stackCount, Object[] stack) {
        if (early) {
            super.visitFrame(type, localCount, locals, stackCount, stack);
            return;
        }
        if (localCount > 0 && locals[0] == Opcodes.UNINITIALIZED_THIS) {
            throw new IllegalStateException("its code before super(...) is not all before it in the class file");
        }
        super.visitFrame(
                Opcodes.F_NEW, slotsUpTo(locals, localCount) + 1, withSpan(locals, localCount), stackCount, stack);
    }

    /** How many entries a frame's locals take once they are filled up to our slot. */
    private int slotsUpTo(Object[] locals, int localCount) {
        int size = 0;
        for (int i = 0; i < localCount; i++) {
            size += locals[i] == Opcodes.LONG || locals[i] == Opcodes.DOUBLE ? 2 : 1;
        }
        return localCount + slot - size;
    }

    private Object[] withSpan(Object[] locals, int localCount) {
        int filled = slotsUpTo(locals, localCount);
        Object[] all = new Object[filled + 1];
        System.arraycopy(locals, 0, all, 0, localCount);
        java.util.Arrays.fill(all, localCount, filled, Opcodes.TOP);
        all[filled] = WovenCode.SPAN;
        return all;
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        Label handler = new Label();
        super.visitLabel(handler);
        super.visitFrame(Opcodes.F_NEW, slot + 1, withSpan(new Object[0], 0), 1, new Object[] {"java/lang/Throwable"});
        super.visitInsn(Opcodes.DUP);
        super.visitVarInsn(Opcodes.ALOAD, slot);
        super.visitMethodInsn(Opcodes.INVOKESTATIC, WovenCode.ENTRY, "exit", WovenCode.EXIT_THROWN, false);
        super.visitInsn(Opcodes.ATHROW);
        // Last, so that the method's own handlers come first.
        super.visitTryCatchBlock(begin, handler, handler, null);
        super.visitMaxs(Math.max(maxStack + 3, Math.max(layout.size, 3)), slot + 1);
    }

    /** A method's parameters and result, as its caller passes them. */
    private static final class Layout {
        final Type[] parameters;
        final int[] slots;
        final Type result;
        final int size;

        Layout(int access, String descriptor) {
            parameters = Type.getArgumentTypes(descriptor);
            result = Type.getReturnType(descriptor);
            slots = new int[parameters.length];
            int next = (access & Opcodes.ACC_STATIC) == 0 ? 1 : 0;
            for (int i = 0; i < parameters.length; i++) {
                slots[i] = next;
                next += parameters[i].getSize();
            }
            size = next;
        }
    }
}
