package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.annotation.Traced;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

class LoadersTest extends WovenTest {

    /** Loaded by loaders of the tests. */
    public static class Guest implements Callable<String> {
        @Override
        @Traced
        public String call() {
            return "called";
        }
    }

    /** Of an annotated interface that is loaded after those that inherit from it. */
    public interface Annotated {
        @Traced
        String called();
    }

    /** Mentions no annotation. */
    public abstract static class Between implements Annotated {}

    /** Mentions no annotation either. */
    public static class Inheriting extends Between implements Callable<String> {
        @Override
        public String call() {
            return called();
        }

        @Override
        public String called() {
            return "inherited";
        }
    }

    /** Loads all of a family itself, as the JVM asks for them. */
    private static final class Family extends ClassLoader {
        private static final java.util.Set<String> NAMES =
                java.util.Set.of(Annotated.class.getName(), Between.class.getName(), Inheriting.class.getName());

        Family() {
            super(LoadersTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!NAMES.contains(name)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            byte[] bytes =
                    Objects.requireNonNull(ClassFileSource.of(getParent()).find(name.replace('.', '/')));
            return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
        }
    }

    /** Loads the guest itself; of Spanloom's classes it sees what it is told to. */
    private static final class Host extends ClassLoader {
        private final boolean seesCore;

        Host(boolean seesCore) {
            super(LoadersTest.class.getClassLoader());
            this.seesCore = seesCore;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(Guest.class.getName())) {
                Class<?> loaded = findLoadedClass(name);
                byte[] bytes = Objects.requireNonNull(LoadedClasses.bytes(Guest.class));
                return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
            }
            if (!seesCore && name.startsWith("io.spanloom.") && !name.contains("annotation")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }

    /** Does not see the tests' configuration, which switches the annotations of others on. */
    private static final class Unconfigured extends ClassLoader {
        Unconfigured() {
            super(LoadersTest.class.getClassLoader());
        }

        @Override
        public java.net.@org.jspecify.annotations.Nullable URL getResource(String name) {
            return name.equals("tracing.properties") ? null : super.getResource(name);
        }
    }

    private static Class<?> guest(boolean seesCore) throws Exception {
        return Class.forName(Guest.class.getName(), true, new Host(seesCore));
    }

    private static Object call(Class<?> guest) throws Exception {
        return ((Callable<?>) guest.getConstructor().newInstance()).call();
    }

    @Test
    void classOfAnotherLoaderThatSeesCore_isWoven() throws Exception {
        Class<?> guest = guest(true);
        assertThat(call(guest)).isEqualTo("called");
        assertThat(names()).containsExactly("Guest.call");
        assertThat(Weaver.explain(guest).isWoven()).isTrue();
    }

    @Test
    void classThatIsLoadedBeforeItsAnnotatedSupertypes_isWoven() throws Exception {
        assertThat(call(Class.forName(Inheriting.class.getName(), true, new Family())))
                .isEqualTo("inherited");
        assertThat(names()).containsExactly("Inheriting.called");
    }

    @Test
    void classWhoseLoaderDoesNotSeeCore_isLeftAloneAndExplained() throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        Class<?> guest;
        try {
            System.setErr(new PrintStream(heard, true, StandardCharsets.UTF_8));
            guest = guest(false);
            assertThat(call(guest)).isEqualTo("called");
        } finally {
            System.setErr(before);
        }
        assertThat(names()).isEmpty();
        assertThat(heard.toString(StandardCharsets.UTF_8)).contains("TRC-058");
        assertThat(Weaver.explain(guest).toString()).contains("call(): not woven: its class loader does not see");
    }

    @Test
    void secondWeaver_weavesNothingTwice() throws Exception {
        java.lang.instrument.Instrumentation instrumentation = SelfAttachment.instrumentation();
        Ledger second = new Ledger();
        Transformer transformer = new Transformer(
                second, new CoreSight(instrumentation), new ReportLine(second, "second"), new LoaderTypes());
        instrumentation.addTransformer(transformer, true);
        try {
            assertThat(call(guest(true))).isEqualTo("called");
        } finally {
            instrumentation.removeTransformer(transformer);
        }
        assertThat(names()).containsExactly("Guest.call");
        assertThat(second.report("second").methods()).isZero();
    }

    @Test
    void retransformationByOthers_keepsTheClassWoven() throws Exception {
        Class<?> guest = guest(true);
        int methods = Weaver.report().methods();
        SelfAttachment.instrumentation().retransformClasses(guest);
        call(guest);
        assertThat(names()).containsExactly("Guest.call");
        assertThat(Weaver.report().methods()).isEqualTo(methods);
    }

    @Test
    void annotatedClassInALibrarysPackage_isWovenAndToldOfOnce() {
        Ledger ledger = new Ledger();
        Transformer transformer =
                new Transformer(ledger, new CoreSight(null), new ReportLine(ledger, "test"), new LoaderTypes());
        PrintStream before = System.err;
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(heard, true, StandardCharsets.UTF_8));
            for (String name : java.util.List.of("org/springframework/Odd", "io/netty/Odd")) {
                byte[] woven = transformer.transform(
                        getClass().getModule(), new Unconfigured(), name, null, null, annotated(name));
                assertThat(woven).isNotNull();
            }
        } finally {
            System.setErr(before);
        }
        assertThat(ledger.report("test").classes()).isEqualTo(2);
        assertThat(heard.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("TRC-074")
                .contains("the class org.springframework.Odd is annotated and woven");
    }

    private static byte[] annotated(String name) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "work", "()V", null, null);
        method.visitAnnotation("Lio/spanloom/annotation/Traced;", true).visitEnd();
        method.visitCode();
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
