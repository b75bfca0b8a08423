package io.spanloom.weave;

/**
 * What became of {@link Weaver#install()}.
 *
 * @param installed whether annotated classes are woven from now on
 * @param mode how: {@code javaagent} or {@code self-attached}; {@code build-time} where the JVM refused, but all annotated
 *     classes were woven before; {@code none} where they are not
 * @param message one line for a person: what happened, and what to do where weaving was refused
 */
public record Installation(boolean installed, String mode, String message) {}
