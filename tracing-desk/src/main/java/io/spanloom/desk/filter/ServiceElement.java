package io.spanloom.desk.filter;

import org.jspecify.annotations.Nullable;

/** A node of a trace's service graph. */
public interface ServiceElement extends Element {
    boolean hasName(String name);

    @Nullable
    String type();

    @Nullable
    String account();
}
