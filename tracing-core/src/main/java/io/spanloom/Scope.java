package io.spanloom;

/**
 * A stretch of code on one thread in which a captured {@link TraceContext} is current.
 *
 * <pre>{@code
 * try (Scope scope = context.activate()) {
 *     ...
 * }
 * }</pre>
 *
 * <p>Closing restores what was current before, whatever the code in between left behind. It must happen on the thread
 * that activated; on another thread it does nothing. Closing twice is harmless.
 */
@FunctionalInterface
public interface Scope extends AutoCloseable {
    @Override
    void close();
}
