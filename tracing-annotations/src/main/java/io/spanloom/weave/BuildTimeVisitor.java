package io.spanloom.weave;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.pool.TypePool;

/**
 * Puts the weaver into ByteBuddy's reading of a class, without using ByteBuddy's own means: what comes in is collected as a
 * class file, woven like one that is being loaded, and read on into what comes after. So the two cannot differ, and other
 * build plugins' changes to the same class are kept, whichever comes first.
 *
 * <p>ByteBuddy, when it rebases, as it does by default, puts jumps around static initializers and rewrites records even where
 * nobody asked for anything. Where that is all that has happened, the class is taken as the compiler wrote it.
 */
final class BuildTimeVisitor extends AsmVisitorWrapper.AbstractBase {

    private final byte[] original;
    private final byte[] rebased;
    private final Function<byte[], ClassFile> reader;
    private final BiConsumer<String, List<MethodPlan>> listener;

    /**
     * @param original the class file before any plugin
     * @param rebased what ByteBuddy makes of it without any plugin
     * @param reader reads a class file with what its supertypes say
     * @param listener is told the class's name and what became of its methods
     */
    BuildTimeVisitor(
            byte[] original,
            byte[] rebased,
            Function<byte[], ClassFile> reader,
            BiConsumer<String, List<MethodPlan>> listener) {
        this.original = original;
        this.rebased = rebased;
        this.reader = reader;
        this.listener = listener;
    }

    @Override
    public int mergeReader(int flags) {
        return flags | ClassReader.EXPAND_FRAMES;
    }

    @Override
    public ClassVisitor wrap(
            TypeDescription type,
            ClassVisitor next,
            Implementation.Context context,
            TypePool pool,
            FieldList<FieldDescription.InDefinedShape> fields,
            MethodList<?> methods,
            int writerFlags,
            int readerFlags) {
        ClassWriter collected = new ClassWriter(0);
        return new ClassVisitor(Opcodes.ASM9, collected) {
            @Override
            public void visitEnd() {
                super.visitEnd();
                byte[] bytes = collected.toByteArray();
                boolean untouched = Arrays.equals(numberedAnew(bytes), numberedAnew(rebased));
                ClassFile file = reader.apply(untouched ? original : bytes);
                byte[] woven = file.weave();
                listener.accept(file.name(), file.plans());
                new ClassReader(woven).accept(next, ClassReader.EXPAND_FRAMES);
            }
        };
    }

    /** With a constant pool in the order of use, so that equal classes are equal bytes. */
    private static byte[] numberedAnew(byte[] bytes) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(bytes).accept(writer, ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }
}
