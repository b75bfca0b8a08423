package io.spanloom.test.contract;

/**
 * One exception of an {@link ObservedSpan}: the outermost first, each followed by its cause.
 *
 * @param type the class name
 * @param message empty where there is none
 */
public record ObservedException(String type, String message) {}
