package io.spanloom.xray;

import com.amazonaws.xray.entities.Subsegment;
import org.jspecify.annotations.Nullable;

/** A subsegment that the SDK's other instrumentation began directly below one of our spans. */
final class SdkChild implements Node {

    final Subsegment subsegment;

    /** Whether its parent's document contains it. */
    volatile boolean embedded;

    /** Whether it was handed over, in a document of its own or with its parent. */
    volatile boolean taken;

    private @Nullable Node next;

    SdkChild(Subsegment subsegment) {
        this.subsegment = subsegment;
    }

    @Override
    public @Nullable Node next() {
        return next;
    }

    @Override
    public void next(@Nullable Node node) {
        next = node;
    }
}
