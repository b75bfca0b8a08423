package io.spanloom.xray;

import org.jspecify.annotations.Nullable;

/** A child in its parent's list, which is linked through the children themselves: a span pays one reference for it. */
interface Node {

    @Nullable
    Node next();

    void next(@Nullable Node node);
}
