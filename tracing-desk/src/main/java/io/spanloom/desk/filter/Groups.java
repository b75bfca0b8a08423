package io.spanloom.desk.filter;

import org.jspecify.annotations.Nullable;

/** Where {@code group.name} and {@code group.arn} find the expressions of groups. */
public interface Groups {
    Groups NONE = (byArn, value) -> null;

    /** The filter of the group of this name or ARN; null if there is no such group. */
    @Nullable
    Filter find(boolean byArn, String value);
}
