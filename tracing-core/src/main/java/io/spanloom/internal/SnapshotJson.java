package io.spanloom.internal;

/**
 * A value that is copied already, to be recorded as it is.
 *
 * @param json one valid, compact JSON value
 */
public record SnapshotJson(String json) {}
