package io.spanloom.weave;

import static net.bytebuddy.matcher.ElementMatchers.isDeclaredBy;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Traced;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import org.junit.jupiter.api.Test;

/** A backend in breach of its contract never changes what a method does. */
class HostileBackendTest extends WovenTest {

    static class Victim {
        @Traced
        @SpanAnnotation
        String echo(@SpanAnnotation String text) {
            return text;
        }

        @Traced
        void fail(RuntimeException thrown) {
            throw thrown;
        }
    }

    private final Victim victim = new Victim();

    @Test
    void startThrows_methodRunsAsEver() {
        RecordingProvider.misbehaviour = () -> {
            throw new IllegalStateException("hostile");
        };
        assertUnharmed();
    }

    @Test
    void startThrowsError_methodRunsAsEver() {
        RecordingProvider.misbehaviour = () -> {
            throw new NoSuchMethodError("hostile");
        };
        assertUnharmed();
    }

    @Test
    void startGivesNull_methodRunsAsEver() {
        RecordingProvider.misbehaviour = () -> null;
        assertUnharmed();
    }

    @Test
    void everyMethodOfTheSpanThrows_methodRunsAsEver() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Span hostile = new ByteBuddy()
                .subclass(Span.class)
                .method(not(isDeclaredBy(Object.class)))
                .intercept(InvocationHandlerAdapter.of((span, method, arguments) -> {
                    calls.incrementAndGet();
                    throw new AssertionError("hostile");
                }))
                .make()
                .load(Span.class.getClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
                .getLoaded()
                .getDeclaredConstructor(SpanSpec.class, Span.class, boolean.class)
                .newInstance(SpanSpec.named("hostile"), null, true);
        RecordingProvider.misbehaviour = () -> hostile;
        assertUnharmed();
        assertThat(calls).as("captures and ends").hasValueGreaterThan(2);
    }

    /** Waiting is the backend's breach; that it holds up no other thread and changes no result is what can be kept. */
    @Test
    void startBlocks_otherThreadsRunAndTheResultIsTheSame() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        AtomicReference<Thread> waiting = new AtomicReference<>();
        RecordingProvider.misbehaviour = () -> {
            if (Thread.currentThread() == waiting.get()) {
                blocked.countDown();
                try {
                    released.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return Span.noop();
        };
        FutureTask<String> call = new FutureTask<>(() -> victim.echo("waited"));
        Thread thread = new Thread(call, "blocked by its backend");
        waiting.set(thread);
        thread.start();
        try {
            assertThat(blocked.await(60, TimeUnit.SECONDS)).isTrue();
            FutureTask<Void> others = new FutureTask<>(this::assertUnharmed, null);
            new Thread(others, "not blocked").start();
            others.get(60, TimeUnit.SECONDS);
            assertThat(call).isNotDone();
        } finally {
            released.countDown();
        }
        assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo("waited");
    }

    private void assertUnharmed() {
        assertThat(victim.echo("text")).isEqualTo("text");
        RuntimeException thrown = new IllegalArgumentException();
        assertThat(catchThrowable(() -> victim.fail(thrown))).isSameAs(thrown);
        assertThat(names()).isEmpty();
    }
}
