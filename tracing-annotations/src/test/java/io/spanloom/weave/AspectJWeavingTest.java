package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.amazonaws.xray.strategy.sampling.AllSamplingStrategy;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.aspectj.weaver.tools.GeneratedClassHandler;
import org.aspectj.weaver.tools.WeavingAdaptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.lambda.powertools.tracing.CaptureMode;
import software.amazon.lambda.powertools.tracing.Tracing;

/** Powertools' own aspect, woven by AspectJ as in its users' builds. */
class AspectJWeavingTest extends WovenTest {

    /** What a user wrote; defined anew for each test, from what AspectJ and we make of its class file. */
    public static class Handler implements Callable<String> {
        @Override
        @Tracing(captureMode = CaptureMode.DISABLED)
        public String call() {
            return "called".trim();
        }
    }

    private static final class Defined extends ClassLoader {
        private final Map<String, byte[]> classes;

        Defined(Map<String, byte[]> classes) {
            super(AspectJWeavingTest.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            byte[] bytes = classes.remove(name);
            return bytes == null ? super.loadClass(name, resolve) : defineClass(name, bytes, 0, bytes.length);
        }
    }

    private final Recorded recorded = new Recorded();
    private final AWSXRayRecorder before = AWSXRay.getGlobalRecorder();

    private static final class Recorded extends com.amazonaws.xray.emitters.Emitter {
        int sent;

        @Override
        public boolean sendSegment(com.amazonaws.xray.entities.Segment segment) {
            sent += segment.getSubsegments().size();
            return true;
        }

        @Override
        public boolean sendSubsegment(com.amazonaws.xray.entities.Subsegment subsegment) {
            return true;
        }
    }

    @BeforeEach
    void keepSegments() throws ReflectiveOperationException {
        new RealWeaversTest().forget();
        AWSXRay.setGlobalRecorder(AWSXRayRecorderBuilder.standard()
                .withEmitter(recorded)
                .withSamplingStrategy(new AllSamplingStrategy())
                .build());
    }

    @AfterEach
    void restore() {
        AWSXRay.setGlobalRecorder(before);
    }

    private static byte[] compiled() throws IOException {
        try (InputStream file = Handler.class.getResourceAsStream("AspectJWeavingTest$Handler.class")) {
            return file.readAllBytes();
        }
    }

    /** By AspectJ, with the aspect of Powertools' jar. */
    private static Map<String, byte[]> wovenByAspectJ(byte[] classFile) throws Exception {
        Map<String, byte[]> classes = new HashMap<>();
        GeneratedClassHandler closures = (name, original, woven) -> classes.put(name.replace('/', '.'), woven);
        String jdk =
                Path.of(System.getProperty("java.home"), "lib", "jrt-fs.jar").toString();
        List<URL> path = new ArrayList<>();
        for (String each :
                (System.getProperty("java.class.path") + File.pathSeparator + jdk).split(File.pathSeparator)) {
            path.add(Path.of(each).toUri().toURL());
        }
        URL aspects = Tracing.class.getProtectionDomain().getCodeSource().getLocation();
        byte[] woven = new WeavingAdaptor(closures, path.toArray(URL[]::new), new URL[] {aspects})
                .weaveClass(Handler.class.getName(), classFile);
        classes.put(Handler.class.getName(), woven);
        return classes;
    }

    /** As the build plugin does. */
    private static byte[] wovenByUs(byte[] classFile) {
        KnownTypes known = new KnownTypes(WeaveSettings.ofText("tracing.weave.foreign = powertools", "a build's"));
        ClassFile file = new ClassFile(classFile, known, ClassFileSource.of(Handler.class.getClassLoader()));
        assertThat(file.hasWork()).isTrue();
        return file.weave();
    }

    private static Callable<?> handler(Map<String, byte[]> classes) throws Exception {
        return (Callable<?>) new Defined(new HashMap<>(classes))
                .loadClass(Handler.class.getName())
                .getConstructor()
                .newInstance();
    }

    private static void call(Callable<?> handler) throws Exception {
        AWSXRay.beginSegment("request");
        try {
            io.spanloom.Tracing.run(
                    "request", request -> assertThat(handler.call()).isEqualTo("called"));
        } finally {
            AWSXRay.endSegment();
        }
    }

    @Test
    void methodThatAspectJHasWoven_isTracedOnceByItsOwnAspectAndExplained() throws Exception {
        Map<String, byte[]> classes = wovenByAspectJ(compiled());
        byte[] woven = Objects.requireNonNull(classes.get(Handler.class.getName()));
        Explanation explanation =
                new ClassPathExplainer(name -> null, "tracing.weave.foreign = powertools", "powertools").explain(woven);
        call(handler(classes));

        assertThat(recorded.sent).isEqualTo(1);
        assertThat(names()).containsExactly("request");
        assertThat(explanation.methods())
                .filteredOn(each -> each.signature().startsWith("call("))
                .singleElement()
                .satisfies(each -> assertThat(each.text())
                        .startsWith("AspectJ has woven the aspect of powertools into it, and twice is too often"));
    }

    /** With our plugin before AspectJ's in the build. */
    @Test
    void methodThatAspectJWeavesAfterUs_isSaidWithWhatToDo() throws Exception {
        byte[] ours = wovenByUs(compiled());
        Callable<?> handler = handler(wovenByAspectJ(ours));
        String said = RealWeaversTest.said(() -> {
            try {
                call(handler);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(recorded.sent).isEqualTo(1);
        assertThat(names()).containsExactly("## call", "request");
        assertThat(said)
                .containsOnlyOnce("TRC-073")
                .contains("tracing.weave.foreign = powertools, and by"
                        + " software.amazon.lambda.powertools.tracing.internal.LambdaTracingAspect")
                .contains("take powertools-tracing out of aspectj-maven-plugin's aspectLibraries");
    }
}
