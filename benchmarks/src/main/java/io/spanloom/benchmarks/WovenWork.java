package io.spanloom.benchmarks;

import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Traced;
import org.openjdk.jmh.annotations.CompilerControl;

/** Traced by annotation. */
final class WovenWork {

    @Traced
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    int call(String handle, int count) {
        return Work.body(handle, count);
    }

    @Traced
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    int callWithTwoCaptures(@SpanAnnotation("handle") String handle, @SpanAnnotation("count") int count) {
        return Work.body(handle, count);
    }
}
