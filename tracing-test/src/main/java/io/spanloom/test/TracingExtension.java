package io.spanloom.test;

import io.spanloom.Opened;
import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.weave.Weaver;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Records what a test traces, and hands it to the test.
 *
 * <pre>{@code
 * @ExtendWith(TracingExtension.class)
 * class ActivitiesTest {
 *     @Test void tracesTheRead(TraceRecorder traces) {
 *         new NotificationsActivities().run("andrewbrown");
 *         assertThat(traces).onlyTrace()
 *             .hasRoot("NotificationsActivities.run")
 *             .withAnnotation("user_handle", "andrewbrown")
 *             .hasChild("returning_mock_data").withoutError();
 *     }
 * }
 * }</pre>
 *
 * <p>Before each test (and its {@code @BeforeEach} methods) a recorder with nothing in it takes the place of whatever
 * backend is configured, samples everything, and looks at no file and no environment; after it, what was in force is
 * again. Annotated classes are woven where nobody has done so: the first time, the weaver attaches to the JVM. A test
 * that leaves a span or a scope open fails, because in production it would swallow the next request or never arrive; the
 * message names the line that opened it. What other threads still have open may end within two seconds.
 * {@link LeaksAllowed} turns this off. What was recorded by a test that fails is printed as a tree.
 *
 * <p>Tracing has one configuration per JVM: tests with this extension must not run at the same time. One that would says
 * so; {@code @ResourceLock(TracingExtension.RESOURCE)} keeps them apart where JUnit runs tests in parallel.
 */
public final class TracingExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    /** For JUnit's {@code @ResourceLock}: the configuration of tracing, of which there is one per JVM. */
    public static final String RESOURCE = "io.spanloom.Tracing";

    private static final Namespace NAMESPACE = Namespace.create(TracingExtension.class);
    private static final AtomicReference<@Nullable String> IN_USE = new AtomicReference<>();

    /** Frames of an opening's stack that a failure shows. */
    private static final int FRAMES = 4;

    private static final String CURE =
            "What is opened must be closed: use Tracing.call or run, or try-with-resources; for work that ends elsewhere,"
                    + " Span.detach and a close at its end. @LeaksAllowed on the test or its class turns this check off";

    /** For work on other threads that is about to end when the test does. */
    private static final long GRACE_NANOS = 2_000_000_000L;

    private final UnaryOperator<TracingConfig.Builder> settings;

    /** Called by JUnit for {@code @ExtendWith}. */
    public TracingExtension() {
        this(builder -> builder);
    }

    private TracingExtension(UnaryOperator<TracingConfig.Builder> settings) {
        this.settings = settings;
    }

    /**
     * With settings of the test's own:
     *
     * <pre>{@code
     * @RegisterExtension
     * static final TracingExtension TRACING =
     *     TracingExtension.configured(c -> c.set(TracingConfig.CONTEXT_MISSING, "root"));
     * }</pre>
     */
    public static TracingExtension configured(UnaryOperator<TracingConfig.Builder> settings) {
        return new TracingExtension(Objects.requireNonNull(settings, "settings"));
    }

    /** What one test uses from its beginning to its end. */
    private record Recording(TraceRecorder recorder, Scope override) {}

    @Override
    public void beforeEach(ExtensionContext context) {
        String other = IN_USE.compareAndExchange(null, context.getDisplayName());
        if (other != null) {
            throw new ExtensionConfigurationException("the test '" + context.getDisplayName()
                    + "' cannot be recorded while '" + other + "' is: tracing has one configuration per JVM. Add"
                    + " @ResourceLock(TracingExtension.RESOURCE) to the classes of both, or the extension only once");
        }
        try {
            Weaver.install(); // says by itself where it cannot
            TraceRecorder recorder = new TraceRecorder();
            TracingConfig.Builder builder = TracingConfig.builder()
                    .alone()
                    .service("test")
                    .set(TracingConfig.DEBUG_LEAKS, "true")
                    .provider(recorder.provider());
            Scope override = Tracing.override(
                    settings.apply(builder).backend(TraceRecorder.BACKEND).build());
            context.getStore(NAMESPACE).put(Recording.class, new Recording(recorder, override));
        } catch (RuntimeException | Error failed) {
            IN_USE.set(null);
            throw failed;
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Recording recording = context.getStore(NAMESPACE).remove(Recording.class, Recording.class);
        if (recording == null) {
            return; // it did not begin
        }
        String leaked;
        try {
            leaked = isLeakAllowed(context) ? null : leaked();
        } finally {
            recording.override.close();
            IN_USE.set(null);
        }
        if (leaked != null || context.getExecutionException().isPresent()) {
            System.out.println("recorded by " + context.getDisplayName() + ":\n" + recording.recorder);
        }
        if (leaked != null) {
            throw new AssertionError(leaked);
        }
    }

    private static boolean isLeakAllowed(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), LeaksAllowed.class)
                || context.getTestClass()
                        .filter(TracingExtension::isLeakAllowed)
                        .isPresent();
    }

    private static boolean isLeakAllowed(Class<?> type) {
        return AnnotationSupport.isAnnotated(type, LeaksAllowed.class)
                || type.getEnclosingClass() != null && isLeakAllowed(type.getEnclosingClass());
    }

    /** What the test left behind, in words; null for nothing. */
    private static @Nullable String leaked() {
        List<Opened> open = stillOpen();
        StringBuilder words = new StringBuilder();
        for (Opened opened : open) {
            words.append("\n  ").append(opened);
            opened.stack().stream()
                    .skip(1)
                    .limit(FRAMES - 1)
                    .forEach(frame -> words.append("\n      from ").append(frame));
        }
        String current = nameOfCurrent();
        if (!open.isEmpty()) {
            return "the test left open:" + words + "\n"
                    + (current == null ? "" : "'" + current + "' is still current on the test's thread. ") + CURE;
        }
        return current == null
                ? null
                : "the test left '" + current + "' current on its thread, where it was not opened through Tracing. "
                        + CURE;
    }

    /** What other threads are about to close is waited for; what this thread left current, nobody will close. */
    private static List<Opened> stillOpen() {
        long until = System.nanoTime() + GRACE_NANOS;
        String here = Thread.currentThread().getName();
        List<Opened> open = Tracing.opened();
        while (!open.isEmpty()
                && open.stream()
                        .noneMatch(opened -> opened.current() && opened.thread().equals(here))
                && System.nanoTime() < until) {
            LockSupport.parkNanos(5_000_000);
            open = Tracing.opened();
        }
        return open;
    }

    /** The name of what was current; null where nothing was. */
    private static @Nullable String nameOfCurrent() {
        Span current = Tracing.current();
        return current == Span.noop() ? null : current.name();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TraceRecorder.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Recording recording = context.getStore(NAMESPACE).get(Recording.class, Recording.class);
        if (recording == null) {
            throw new ExtensionConfigurationException(
                    "a TraceRecorder belongs to one test: take it in the test or in @BeforeEach or @AfterEach, not in "
                            + parameter.getDeclaringExecutable());
        }
        return recording.recorder;
    }
}
