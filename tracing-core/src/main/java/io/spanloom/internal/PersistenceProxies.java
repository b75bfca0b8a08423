package io.spanloom.internal;

import java.lang.reflect.Method;

/**
 * Recognises lazily loaded values of persistence libraries by shape alone (no dependency), so that recording one never
 * runs a query: anything that tells whether it is loaded, and says no.
 */
final class PersistenceProxies {

    private static final ClassValue<Question> QUESTIONS = new ClassValue<>() {
        @Override
        protected Question computeValue(Class<?> type) {
            return Question.of(type);
        }
    };

    private PersistenceProxies() {}

    static boolean isUninitialised(Object value) {
        return QUESTIONS.get(value.getClass()).asks(value);
    }

    /** How a class is asked; {@code NONE} for the many that are no proxies. */
    private record Question(Method[] path, boolean answerWhenUninitialised) {

        static final Question NONE = new Question(new Method[0], false);

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
                                new Method[] {
                                    initializer, initializer.getReturnType().getMethod("isUninitialized")
                                },
                                true);
                    }
                    case "org.hibernate.collection.spi.PersistentCollection",
                            "org.hibernate.collection.spi.LazyInitializable" -> {
                        return new Question(new Method[] {contract.getMethod("wasInitialized")}, false);
                    }
                    case "org.eclipse.persistence.indirection.IndirectContainer" -> {
                        return new Question(new Method[] {contract.getMethod("isInstantiated")}, false);
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
            if (path.length == 0) {
                return false;
            }
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
