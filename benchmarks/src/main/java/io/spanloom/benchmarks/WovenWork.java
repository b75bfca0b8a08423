package io.spanloom.benchmarks;

import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Traced;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.CompilerControl;

/** Traced by annotation. */
final class WovenWork {

    @Traced
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    int call(String handle, int count) {
        return Work.body(handle, count);
    }

    /** A result that may complete later, and has. */
    @Traced
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    Object callForObject(String handle, int count) {
        return Work.result(handle, count);
    }

    /** As {@link #call}, with a future that its caller completes. */
    @Traced
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    CompletableFuture<Integer> callLater(CompletableFuture<Integer> given) {
        return given;
    }

    @Traced
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    int callWithTwoCaptures(@SpanAnnotation("handle") String handle, @SpanAnnotation("count") int count) {
        return Work.body(handle, count);
    }
}
