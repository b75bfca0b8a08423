package io.spanloom.internal.async;

import io.spanloom.internal.Fatal;
import io.spanloom.internal.Services;
import io.spanloom.spi.AsyncResultType;
import io.spanloom.spi.FutureType;
import io.spanloom.spi.PublisherType;
import io.spanloom.spi.Reporter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which results complete later: one look-up per result, by its class alone. */
public final class AsyncResultTypes {

    /**
     * The index of a class's type, counted from 1; negative for a publisher's, 0 for none. A number, because a value of a
     * class of ours would be held by classes that outlive us, and hold our class loader; and no test for an interface per
     * call, because those make threads contend for one field of the class (JDK-8180450).
     */
    private static final ClassValue<Integer> INDEX = new ClassValue<>() {
        @Override
        protected Integer computeValue(Class<?> type) {
            return indexOf(type);
        }
    };

    private AsyncResultTypes() {}

    /** Whether results of the class begin by themselves and complete later. */
    public static boolean isFuture(Class<?> type) {
        return INDEX.get(type) > 0;
    }

    /** Whether results of the class begin when they are subscribed to. */
    public static boolean isPublisher(Class<?> type) {
        return INDEX.get(type) < 0;
    }

    /** Whether results of the class are complete when they are returned. */
    static boolean isComplete(Class<?> type) {
        return INDEX.get(type) == 0;
    }

    static @Nullable FutureType future(Class<?> type) {
        int index = INDEX.get(type);
        return index > 0 ? (FutureType) Found.TYPES.get(index - 1) : null;
    }

    static @Nullable PublisherType publisher(Class<?> type) {
        int index = INDEX.get(type);
        return index < 0 ? (PublisherType) Found.TYPES.get(-index - 1) : null;
    }

    private static int indexOf(Class<?> type) {
        List<AsyncResultType> types = Found.TYPES;
        for (int i = 0; i < types.size(); i++) {
            AsyncResultType each = types.get(i);
            try {
                if (each.includes(type)) {
                    return each instanceof PublisherType ? -i - 1 : i + 1;
                }
            } catch (LinkageError missing) {
                continue; // the library that it is for is not there
            } catch (Throwable thrown) {
                Fatal.rethrow(thrown);
                Reporter.warn("TRC-040", each.getClass().getName() + " cannot tell about results", thrown);
            }
        }
        return 0;
    }

    /** Apart, so that nothing is looked for before the first result. */
    private static final class Found {

        static final List<AsyncResultType> TYPES = find();

        private static List<AsyncResultType> find() {
            Map<String, AsyncResultType> found = new LinkedHashMap<>();
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            if (context != null) {
                addAll(found, context);
            }
            addAll(found, AsyncResultTypes.class.getClassLoader());
            List<AsyncResultType> types = new ArrayList<>(found.values());
            types.add(new CompletionStageType());
            types.add(new FlowPublisherType());
            types.sort(Comparator.comparingInt(AsyncResultType::order));
            return List.copyOf(types);
        }

        private static void addAll(Map<String, AsyncResultType> found, @Nullable ClassLoader loader) {
            Services.each(
                    AsyncResultType.class,
                    loader,
                    type -> {
                        if (type instanceof FutureType || type instanceof PublisherType) {
                            found.putIfAbsent(type.getClass().getName(), type);
                        }
                    },
                    Found::report);
        }

        /** Types of a library that is not there are no news. */
        private static void report(Throwable broken) {
            if (!(broken.getCause() instanceof LinkageError) && !(broken instanceof LinkageError)) {
                Reporter.warn("TRC-040", "a type of results cannot be loaded; the others are not affected", broken);
            }
        }
    }
}
