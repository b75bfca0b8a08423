package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Span;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Rewriting class files, also those that javac would not write. Whatever is woven here is verified by this JVM. */
class ClassFileTest {

    private static final String TRACED = "Lio/spanloom/annotation/Traced;";

    /** Defines classes of its own, and finds all others where the test's own are. */
    private static final class Definer extends ClassLoader {
        Definer() {
            super(ClassFileTest.class.getClassLoader());
        }

        Class<?> define(byte[] bytes) {
            return defineClass(null, bytes, 0, bytes.length);
        }
    }

    private static ClassWriter classOf(int version) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(version, Opcodes.ACC_PUBLIC, "Made", null, "java/lang/Object", null);
        return writer;
    }

    private static MethodVisitor traced(ClassWriter writer, String name, String descriptor) {
        MethodVisitor method =
                writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, descriptor, null, null);
        AnnotationVisitor annotation = method.visitAnnotation(TRACED, true);
        annotation.visitEnd();
        method.visitCode();
        return method;
    }

    private static void end(MethodVisitor method) {
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    @Test
    void placeOfAParameterUsedForAnotherType_isWoven() throws Exception {
        ClassWriter writer = classOf(Opcodes.V17);
        MethodVisitor method = traced(writer, "reuse", "(Ljava/lang/String;I)J");
        method.visitLdcInsn(5L);
        method.visitVarInsn(Opcodes.LSTORE, 0); // over the string and the int
        Label label = new Label();
        method.visitInsn(Opcodes.ICONST_0);
        method.visitJumpInsn(Opcodes.IFEQ, label);
        method.visitInsn(Opcodes.NOP);
        method.visitLabel(label);
        method.visitFrame(Opcodes.F_NEW, 1, new Object[] {Opcodes.LONG}, 0, new Object[0]);
        method.visitVarInsn(Opcodes.LLOAD, 0);
        method.visitInsn(Opcodes.LRETURN);
        end(method);
        Class<?> made = new Definer().define(new ClassFile(writer.toByteArray()).weave());
        assertThat(made.getMethod("reuse", String.class, int.class).invoke(null, "x", 1))
                .isEqualTo(5L);
    }

    @Test
    void methodThatIsTooLargeToGrow_isLeftAloneAndItsSiblingsAreNot() throws Exception {
        ClassWriter writer = classOf(Opcodes.V17);
        MethodVisitor large = traced(writer, "large", "()V");
        for (int i = 0; i < 65_534; i++) {
            large.visitInsn(Opcodes.NOP);
        }
        large.visitInsn(Opcodes.RETURN);
        end(large);
        MethodVisitor small = traced(writer, "small", "()V");
        small.visitInsn(Opcodes.RETURN);
        end(small);
        ClassFile file = new ClassFile(writer.toByteArray());
        Class<?> made = new Definer().define(file.weave());
        made.getMethod("large").invoke(null);
        made.getMethod("small").invoke(null);
        assertThat(file.plans()).extracting(MethodPlan::isWoven).containsExactly(false, true);
        assertThat(file.plans().get(0).remark()).startsWith("it could not be rewritten");
    }

    @Test
    void wovenClass_isNotWovenAgain() {
        ClassWriter writer = classOf(Opcodes.V17);
        MethodVisitor method = traced(writer, "once", "()V");
        method.visitInsn(Opcodes.RETURN);
        end(method);
        ClassFile again = new ClassFile(new ClassFile(writer.toByteArray()).weave());
        assertThat(again.hasWork()).isFalse();
        assertThat(again.plans().get(0).remark()).startsWith("woven already");
    }

    @Test
    void classFileWithoutInvokedynamic_isLeftAloneAndExplained() {
        ClassWriter writer = classOf(Opcodes.V1_6);
        MethodVisitor method = traced(writer, "old", "()V");
        method.visitInsn(Opcodes.RETURN);
        end(method);
        ClassFile file = new ClassFile(writer.toByteArray());
        assertThat(file.hasWork()).isFalse();
        assertThat(file.plans().get(0).remark()).contains("version 50").contains("needs 51");
    }

    @Test
    void classFileNewerThanTheReader_isWovenAndKeepsItsVersion() {
        ClassWriter writer = classOf(Opcodes.V17);
        MethodVisitor method = traced(writer, "future", "()V");
        method.visitInsn(Opcodes.RETURN);
        end(method);
        byte[] future = writer.toByteArray();
        future[7] = 120;
        ClassFile file = new ClassFile(future);
        assertThat(file.hasWork()).isTrue();
        assertThat(file.weave()[7]).isEqualTo((byte) 120);
    }

    @Test
    void captureOfATypeThatIsNotThere_neverReachesTheApplication() throws Exception {
        ClassWriter writer = classOf(Opcodes.V17);
        MethodVisitor method = writer.visitMethod(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "missing", "(Lnot/There;)Lnot/There;", null, null);
        method.visitAnnotation(TRACED, true).visitEnd();
        for (String path : List.of("", "id")) {
            AnnotationVisitor capture =
                    method.visitParameterAnnotation(0, "Lio/spanloom/annotation/SpanAnnotation;", true);
            capture.visit("path", path);
            capture.visitEnd();
        }
        method.visitAnnotation("Lio/spanloom/annotation/SpanAnnotation;", true).visitEnd();
        method.visitCode();
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitInsn(Opcodes.ARETURN);
        end(method);
        MethodVisitor caller =
                writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "call", "()Ljava/lang/Object;", null, null);
        caller.visitCode();
        caller.visitInsn(Opcodes.ACONST_NULL);
        caller.visitMethodInsn(Opcodes.INVOKESTATIC, "Made", "missing", "(Lnot/There;)Lnot/There;", false);
        caller.visitInsn(Opcodes.ARETURN);
        end(caller);
        Class<?> made = new Definer().define(new ClassFile(writer.toByteArray()).weave());
        assertThat(made.getDeclaredConstructors()).isEmpty();
        java.lang.invoke.MethodHandle call = java.lang.invoke.MethodHandles.lookup()
                .findStatic(made, "call", java.lang.invoke.MethodType.methodType(Object.class));
        assertThat(callQuietly(call)).isNull();
    }

    private static Object callQuietly(java.lang.invoke.MethodHandle call) {
        try {
            return call.invoke();
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    @Test
    void everyMethodOfALargeLibrary_canBeWovenAndVerifies() throws IOException {
        Map<String, byte[]> woven = new HashMap<>();
        int methods = 0;
        try (JarFile jar = new JarFile(Assertions.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath())) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".class") && entry.getName().startsWith("org/assertj/core/")) {
                    try (InputStream stream = jar.getInputStream(entry)) {
                        ClassReader reader = new ClassReader(stream.readAllBytes());
                        Map<String, MethodPlan> plans = everything(ClassFacts.read(reader));
                        methods += plans.size();
                        byte[] bytes = rewritten(reader, plans);
                        woven.put(reader.getClassName().replace('/', '.'), bytes);
                    }
                }
            }
        }
        ClassLoader loader = new ClassLoader(Span.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                byte[] bytes = woven.get(name);
                if (bytes == null) {
                    return super.loadClass(name, resolve);
                }
                synchronized (getClassLoadingLock(name)) {
                    Class<?> loaded = findLoadedClass(name);
                    return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
                }
            }
        };
        List<String> refused = new ArrayList<>();
        for (String name : woven.keySet()) {
            try {
                Class.forName(name, true, loader);
            } catch (VerifyError | ClassFormatError wrong) {
                refused.add(name + ": " + wrong.getMessage());
            } catch (ClassNotFoundException | LinkageError optional) {
                // Of a library that is not here; and so it is unwoven.
            }
        }
        assertThat(refused).isEmpty();
        assertThat(methods).isGreaterThan(5_000);
    }

    private static byte[] rewritten(ClassReader reader, Map<String, MethodPlan> plans) {
        try {
            return ClassRewriter.rewrite(reader, plans);
        } catch (MethodRefusedException refused) {
            throw new AssertionError(refused);
        }
    }

    /** Every method that has code, with all of its parameters and its result captured. */
    private static Map<String, MethodPlan> everything(ClassFacts type) {
        Map<String, MethodPlan> plans = new HashMap<>();
        for (MethodFacts method : type.methods) {
            if (method.is(Opcodes.ACC_ABSTRACT) || method.is(Opcodes.ACC_NATIVE) || method.name.startsWith("<")) {
                continue;
            }
            List<Integer> parameters = new ArrayList<>();
            for (int i = 0; i < method.parameters().length; i++) {
                parameters.add(i);
            }
            List<String> exit =
                    method.descriptor.endsWith("V") ? List.of() : List.of("annotation\t0\tjava.lang.Object\tresult\t");
            SiteCode site =
                    new SiteCode(List.of("name\t" + method.name), parameters, exit, ResultTiming.of(method.result()));
            plans.put(
                    method.name + method.descriptor,
                    new MethodPlan(method.name, method.descriptor, site, method.maxLocals, "", ""));
        }
        return plans;
    }
}
