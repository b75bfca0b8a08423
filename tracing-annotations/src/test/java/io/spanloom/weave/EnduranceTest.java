package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Traced;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What only shows after a long time. */
class EnduranceTest extends WovenTest {

    interface Step {
        @Traced
        long step(@SpanAnnotation long number);
    }

    static class Counter implements Step {
        @Override
        public long step(long number) {
            return number + 1;
        }

        @Traced("number {number}")
        static long named(long number) {
            return number + 1;
        }
    }

    /** Loaded anew by each deployment. */
    public static class Deployed implements Callable<String> {
        long steps;

        @Override
        @Traced("deployed")
        public String call() {
            return new Object() {
                @Traced
                @Override
                public String toString() {
                    Deployed.this.steps++;
                    return named(String.valueOf(steps));
                }
            }.toString();
        }

        @Traced("named {text}")
        static String named(@SpanAnnotation(path = "length()") String text) {
            return text;
        }
    }

    /** Fails with an exception of its own class. */
    public static class Failing implements Callable<TraceContext> {
        /** Known to the deployment's loader alone. */
        static class DeclinedException extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        @Override
        @Traced("holding")
        public TraceContext call() {
            try {
                fail();
            } catch (DeclinedException recorded) {
                return Tracing.capture();
            }
            throw new AssertionError();
        }

        @Traced("failing")
        static void fail() {
            throw new DeclinedException();
        }
    }

    private static final class Deployment extends ClassLoader {
        private final List<String> own;

        Deployment(String... own) {
            super(EnduranceTest.class.getClassLoader());
            this.own = List.of(own);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (own.stream().noneMatch(name::startsWith)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            byte[] bytes = ClassFileSource.of(getParent()).find(name.replace('.', '/'));
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    private static void unsampled() {
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .backend("memtest")
                .set("tracing.sampling", "none")
                .build());
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static long run(Step step, long from, long to) {
        long sum = from;
        while (sum < to) {
            sum = step.step(sum);
        }
        return sum;
    }

    @Test
    void tenMillionCalls_keepNothing() {
        unsampled();
        Step step = new Counter();
        assertThat(run(step, 0, 100_000)).isEqualTo(100_000);
        long before = used();
        assertThat(run(step, 0, 10_000_000)).isEqualTo(10_000_000);
        assertThat(used() - before).isLessThan(2L << 20);
    }

    @Test
    void millionDifferentNames_keepAThousand() {
        unsampled();
        for (long i = 0; i < 10_000; i = Counter.named(i)) {}
        long before = used();
        for (long i = 0; i < 1_000_000; i = Counter.named(i)) {}
        assertThat(used() - before).isLessThan(2L << 20);
    }

    @Test
    void fiftyDeployments_leaveNoLoaderBehind() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            loaders.add(deploy(new Deployment(Deployed.class.getName())));
            RecordingProvider.ENDED.clear();
        }
        assertAllGo(loaders);
    }

    /** A web application with the annotations among its own libraries; weaver and core are the server's. */
    @Test
    void fiftyDeploymentsWithAnnotationsOfTheirOwn_leaveNoLoaderBehind() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            loaders.add(deploy(new Deployment(Deployed.class.getName(), "io.spanloom.annotation.")));
            RecordingProvider.ENDED.clear();
        }
        assertAllGo(loaders);
    }

    /** Neither an ended span, which has recorded an exception of the deployment's, nor a context of its holds it. */
    @Test
    void fiftyDeploymentsWhoseSpansAndContextsAreKept_leaveNoLoaderBehind() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        List<Object> kept = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ClassLoader loader = new Deployment(Failing.class.getName());
            Class<?> type = Class.forName(Failing.class.getName(), true, loader);
            kept.add(((Callable<?>) type.getConstructor().newInstance()).call());
            loaders.add(new WeakReference<>(loader));
        }
        assertThat(names()).hasSize(100).contains("failing", "holding");
        assertThat(RecordingProvider.ENDED.get(0).exceptions()).hasSize(1);
        assertAllGo(loaders);
        Reference.reachabilityFence(kept);
    }

    private static void assertAllGo(List<WeakReference<ClassLoader>> loaders) {
        for (int i = 0; i < 20 && left(loaders) > 0; i++) {
            System.gc();
            Reference.reachabilityFence(loaders);
        }
        assertThat(left(loaders)).isZero();
    }

    private static WeakReference<ClassLoader> deploy(ClassLoader loader) throws Exception {
        Class<?> type = Class.forName(Deployed.class.getName(), true, loader);
        assertThat(((Callable<?>) type.getConstructor().newInstance()).call()).isEqualTo("1");
        assertThat(names()).hasSize(3).contains("named 1");
        assertThat(Weaver.explain(type).isWoven()).isTrue();
        return new WeakReference<>(loader);
    }

    private static long left(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(each -> each.get() != null).count();
    }
}
