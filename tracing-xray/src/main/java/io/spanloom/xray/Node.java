package io.spanloom.xray;

import org.jspecify.annotations.Nullable;

/** A child in its parent's list, which is linked through the children themselves: a span pays one reference for it. */
interface Node {

    /** Without asking for this interface, for the reason told at {@link SpanEntity#spanOf}. */
    static @Nullable Node of(@Nullable Object child) {
        return child instanceof SubsegmentSpan span ? span : (SdkChild) child;
    }

    @Nullable
    Node next();

    void next(@Nullable Node node);
}
