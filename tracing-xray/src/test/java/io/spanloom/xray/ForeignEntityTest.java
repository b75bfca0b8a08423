package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.entities.Subsegment;
import io.spanloom.Span;
import io.spanloom.Tracing;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Entities of somebody's own that break the interface's promises: they cost themselves, nothing else. */
class ForeignEntityTest extends AtTheDaemon {

    /** Throws wherever the predicate says; is otherwise one that is in progress. */
    private static Subsegment broken(Predicate<Method> throwing) {
        Subsegment real = Subsegment.noOp(AWSXRay.getGlobalRecorder(), false);
        return (Subsegment) Proxy.newProxyInstance(
                Subsegment.class.getClassLoader(), new Class<?>[] {Subsegment.class}, (proxy, method, arguments) -> {
                    if (throwing.test(method)) {
                        throw new IllegalStateException(method.getName());
                    }
                    return method.getName().equals("isInProgress")
                                    || method.getName().equals("isSampled")
                            ? true
                            : method.invoke(real, arguments);
                });
    }

    @Test
    void childThatThrowsAlways_costsItselfOnly() {
        try (Span root = Tracing.span("root")) {
            AWSXRay.getTraceEntity().addSubsegment(broken(method -> true));
            Tracing.run("child", child -> {});
        }

        assertThat(documents(1).get(0).at("/subsegments/0/name").asText()).isEqualTo("child");
        assertThat(Tracing.stats().dropped()).containsEntry("not written", 1L);
    }

    @Test
    void childThatRefusesToBeClosed_doesNotEndTheSending() {
        try (Span root = Tracing.span("root")) {
            AWSXRay.getTraceEntity()
                    .addSubsegment(broken(method -> method.getName().startsWith("set")));
        }
        assertThat(Tracing.flush(DEADLINE)).isTrue();
        Tracing.run("after", after -> {});

        assertThat(named("after").get("name").asText()).isEqualTo("after");
        assertThat(Tracing.stats().queued()).isZero();
    }

    @Test
    void currentThatTellsNothing_isAHandleAllTheSame() {
        AWSXRay.setTraceEntity(silent());
        Span current = Tracing.current();
        assertThat(current.name()).isEqualTo("span");
        assertThat(current.spanId()).isEqualTo("0".repeat(16));
        assertThat(current.traceId()).isEqualTo("0".repeat(32));
        AWSXRay.clearTraceEntity();
    }

    /** Answers null, 0 and false to everything. */
    private static Subsegment silent() {
        return (Subsegment) Proxy.newProxyInstance(
                Subsegment.class.getClassLoader(), new Class<?>[] {Subsegment.class}, (proxy, method, arguments) -> {
                    Class<?> type = method.getReturnType();
                    if (type == boolean.class) {
                        return false;
                    }
                    return type == double.class ? (Object) 0d : type == int.class ? (Object) 0 : null;
                });
    }
}
