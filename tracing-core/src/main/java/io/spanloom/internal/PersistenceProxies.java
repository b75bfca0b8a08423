package io.spanloom.internal;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

/**
 * Recognises lazily loaded values of persistence libraries by shape alone (no dependency), so that recording one never
 * runs a query: anything that tells whether it is loaded, and says no.
 */
final class PersistenceProxies {

    /** Of types of the JDK alone, for the reason that {@link BeanReader} gives. */
    private static final ClassValue<Map.Entry<List<Method>, Boolean>> QUESTIONS = new ClassValue<>() {
        @Override
        protected Map.Entry<List<Method>, Boolean> computeValue(Class<?> type) {
            Question question = Question.of(type);
            return Map.entry(question.path, question.answerWhenUninitialised);
        }
    };

    private PersistenceProxies() {}

    static boolean isUninitialised(Object value) {
        Map.Entry<List<Method>, Boolean> known = QUESTIONS.get(value.getClass());
        return !known.getKey().isEmpty() && new Question(known.getKey(), known.getValue()).asks(value);
    }

    /** How a class is asked; {@code NONE} for the many that are no proxies. */
    private record Question(List<Method> path, boolean answerWhenUninitialised) {

        static final Question NONE = new Question(List.of(), false);

        static Question of(Class<?> type) {
            for (Class<?> next = type; next != null; next = next.getSuperclass()) {
                for (Class<?> contract : next.getInterfaces()) {
                    Question found = ofContract(contract);
                    if (found != NONE) {
                        return found;
                    }
                }
            }
            return NONE;
        }

        private static Question ofContract(Class<?> contract) {
            try {
                switch (contract.getName()) {
                    case "org.hibernate.proxy.HibernateProxy" -> {
                        Method initializer = contract.getMethod("getHibernateLazyInitializer");
                        return new Question(
                                List.of(initializer, initializer.getReturnType().getMethod("isUninitialized")), true);
                    }
                    case "org.hibernate.collection.spi.PersistentCollection",
                            "org.hibernate.collection.spi.LazyInitializable" -> {
                        return new Question(List.of(contract.getMethod("wasInitialized")), false);
                    }
                    case "org.eclipse.persistence.indirection.IndirectContainer" -> {
                        return new Question(List.of(contract.getMethod("isInstantiated")), false);
                    }
                    default -> {
                        for (Class<?> above : contract.getInterfaces()) {
                            Question found = ofContract(above);
                            if (found != NONE) {
                                return found;
                            }
                        }
                        return NONE;
                    }
                }
            } catch (ReflectiveOperationException | LinkageError unknownVersion) {
                return NONE;
            }
        }

        boolean asks(Object value) {
            try {
                Object answer = value;
                for (Method step : path) {
                    answer = step.invoke(answer);
                }
                return Boolean.valueOf(answerWhenUninitialised).equals(answer);
            } catch (ReflectiveOperationException | RuntimeException unanswered) {
                return true; // better to leave it untouched than to load it
            }
        }
    }
}
