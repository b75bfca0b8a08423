package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.annotation.Observed;
import io.micrometer.observation.aop.ObservedAspect;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.springframework.aop.aspectj.annotation.AspectJProxyFactory;

/** Beside the weavers that applications have already. */
class DoubleTracingTest extends WovenTest {

    public static class Observing {
        @Observed
        public String call() {
            return "called";
        }

        @Observed
        public String callAgain() {
            return "again";
        }
    }

    public static class Service {
        @io.spanloom.annotation.Traced
        public String serve() {
            return "served";
        }
    }

    /** As Quarkus names what it makes. */
    public static class Service_Subclass extends Service {
        @Override
        public String serve() {
            return super.serve();
        }
    }

    public static class Service_ClientProxy extends Service {
        private final Service bean = new Service_Subclass();

        @Override
        public String serve() {
            return bean.serve();
        }
    }

    /** As Micronaut's compiler names what it makes. */
    public static class Service$Definition$Intercepted extends Service {
        @Override
        public String serve() {
            return super.serve();
        }
    }

    @Test
    void classesThatQuarkusMakesOfATracedBean_areNoSecondSpan() {
        assertThat(new Service_ClientProxy().serve()).isEqualTo("served");
        assertThat(names()).containsExactly("Service.serve");
    }

    @Test
    void classThatMicronautMakesOfATracedBean_isNoSecondSpan() {
        assertThat(new Service$Definition$Intercepted().serve()).isEqualTo("served");
        assertThat(names()).containsExactly("Service.serve");
    }

    @Test
    void proxyThatSpringMakesOfATracedClass_isNoSecondSpan() {
        AspectJProxyFactory factory = new AspectJProxyFactory(new Service());
        factory.addAspect(new ObservedAspect(ObservationRegistry.create()));
        factory.setProxyTargetClass(true);
        Service proxy = factory.getProxy();
        assertThat(proxy.serve()).isEqualTo("served");
        assertThat(names()).containsExactly("Service.serve");
    }

    @Test
    void methodBelowTheirAspect_isSaidOnceWithWhatToDo() throws ReflectiveOperationException {
        new RealWeaversTest().forget();
        AspectJProxyFactory factory = new AspectJProxyFactory(new Observing());
        factory.addAspect(new ObservedAspect(ObservationRegistry.create()));
        Observing proxy = factory.getProxy();
        PrintStream before = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            assertThat(proxy.call()).isEqualTo("called");
            assertThat(proxy.callAgain()).isEqualTo("again");
        } finally {
            System.setErr(before);
        }
        assertThat(names()).containsExactly("Observing#call", "Observing#callAgain");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("TRC-073")
                .contains("tracing.weave.foreign = micrometer, and by io.micrometer.observation.aop.ObservedAspect")
                .contains("take micrometer out of tracing.weave.foreign");
    }

    /** What aspectj-maven-plugin makes of an annotated method: a call of the aspect where the code was. */
    @Test
    void methodThatAspectJHasWoven_isLeftAloneAndExplained() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "shop/Handler", null, "java/lang/Object", null);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "handle", "()V", null, null);
        method.visitAnnotation("Lsoftware/amazon/lambda/powertools/tracing/Tracing;", true)
                .visitEnd();
        method.visitCode();
        String aspect = "software/amazon/lambda/powertools/tracing/internal/LambdaTracingAspect";
        method.visitMethodInsn(Opcodes.INVOKESTATIC, aspect, "aspectOf", "()L" + aspect + ";", false);
        method.visitInsn(Opcodes.POP);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        writer.visitEnd();
        Explanation explanation = new ClassPathExplainer(
                        name -> null, "tracing.weave.foreign = powertools", "powertools")
                .explain(writer.toByteArray());
        assertThat(explanation.methods()).singleElement().satisfies(each -> {
            assertThat(each.woven()).isFalse();
            assertThat(each.text())
                    .startsWith("AspectJ has woven the aspect of powertools into it, and twice is too often");
        });
    }
}
