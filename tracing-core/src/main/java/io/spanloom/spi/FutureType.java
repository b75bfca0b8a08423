package io.spanloom.spi;

/**
 * Results that have begun already and tell when they complete.
 *
 * <pre>{@code
 * public final class PromiseType implements FutureType {
 *     public boolean includes(Class<?> type) { return Promise.class.isAssignableFrom(type); }
 *
 *     public void listen(Object result, AsyncSpan span) {
 *         ((Promise<?>) result).onDone(span::end);
 *     }
 * }
 * }</pre>
 *
 * <p>The caller gets the very object that the method returned, so that a subclass stays that subclass and a cancellation
 * reaches its source: there is nothing to return here.
 */
public interface FutureType extends AsyncResultType {

    /**
     * Has the span ended by the result: now, where it is complete already. What this throws ends the span at return
     * (TRC-041), and is not seen by the application.
     *
     * @param span not current on this thread any more
     */
    void listen(Object result, AsyncSpan span);
}
