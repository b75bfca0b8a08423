package io.spanloom.spi;

/**
 * A type of results that complete later, so that the span of a call that returns one ends then and not at return.
 * Implement {@link FutureType} or {@link PublisherType}; found by {@link java.util.ServiceLoader}.
 *
 * <pre>{@code
 * // META-INF/services/io.spanloom.spi.AsyncResultType, and "provides" in module-info
 * public final class PromiseType implements FutureType { ... }
 * }</pre>
 *
 * <p>Traced methods and {@link io.spanloom.Tracing#call} treat these types alike. A type that cannot be loaded, because
 * the library it is for is not there, is left out in silence.
 */
public interface AsyncResultType {

    /**
     * Whether results of this class complete later. Asked once for each class, on an application's thread.
     *
     * @param type a result's own class, or a method's declared result
     */
    boolean includes(Class<?> type);

    /**
     * Who is asked first where several types include a class: the lowest. Types of whole families, such as everything that
     * is a {@code Publisher}, have 100.
     */
    default int order() {
        return 0;
    }
}
