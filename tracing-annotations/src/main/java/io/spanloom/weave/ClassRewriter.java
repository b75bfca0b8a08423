package io.spanloom.weave;

import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Writes a class file with some of its methods woven; all others are copied byte for byte. */
final class ClassRewriter extends ClassVisitor {

    private final Map<String, MethodPlan> plans;

    /** The method that is being written; null while none of ours is. */
    private @Nullable String current;

    private ClassRewriter(ClassVisitor next, Map<String, MethodPlan> plans) {
        super(Opcodes.ASM9, next);
        this.plans = plans;
    }

    /**
     * @param plans by name and descriptor, only of methods to weave
     * @throws MethodRefusedException where one method cannot be woven: the others can without it
     */
    static byte[] rewrite(ClassReader reader, Map<String, MethodPlan> plans) throws MethodRefusedException {
        ClassWriter writer = new ClassWriter(reader, 0);
        ClassRewriter rewriter = new ClassRewriter(writer, plans);
        try {
            reader.accept(rewriter, ClassReader.EXPAND_FRAMES);
        } catch (RuntimeException refused) {
            if (rewriter.current == null) {
                throw refused;
            }
            throw new MethodRefusedException(rewriter.current, refused);
        }
        try {
            return writer.toByteArray();
        } catch (net.bytebuddy.jar.asm.MethodTooLargeException tooLarge) {
            throw new MethodRefusedException(tooLarge.getMethodName() + tooLarge.getDescriptor(), tooLarge);
        }
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
        MethodPlan plan = plans.get(name + descriptor);
        current = plan == null ? null : name + descriptor;
        SiteCode site = plan == null ? null : plan.site();
        return plan == null || site == null ? next : new MethodRewriter(next, access, plan, site);
    }
}
