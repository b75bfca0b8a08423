package io.spanloom.woven;

import io.spanloom.internal.async.AsyncResultTypes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/** Of what a class completes later: {@code Receipt} for {@code class ReceiptFuture extends CompletableFuture<Receipt>}. */
final class ValueType {

    private ValueType() {}

    /** Object where that is not to be known. */
    static Class<?> of(Class<?> type) {
        for (Class<?> next = type; next != null; next = next.getSuperclass()) {
            Class<?> found = fromSupertype(next.getGenericSuperclass());
            for (Type contract : next.getGenericInterfaces()) {
                found = found == Object.class ? fromSupertype(contract) : found;
            }
            if (found != Object.class) {
                return found;
            }
        }
        return Object.class;
    }

    private static Class<?> fromSupertype(Type supertype) {
        return supertype instanceof ParameterizedType generic
                        && generic.getActualTypeArguments().length == 1
                        && generic.getActualTypeArguments()[0] instanceof Class<?> value
                        && generic.getRawType() instanceof Class<?> raw
                        && (AsyncResultTypes.isFuture(raw) || AsyncResultTypes.isPublisher(raw))
                ? value
                : Object.class;
    }
}
