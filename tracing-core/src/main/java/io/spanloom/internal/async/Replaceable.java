package io.spanloom.internal.async;

/**
 * Whether a result can be replaced where nobody says as what the caller takes it, as with a generic method: the compiler
 * casts to what the source says, which may be any class or interface that the source can name. {@code BodyPublisher} is a
 * {@code Flow.Publisher}, and one around it is no {@code BodyPublisher}.
 */
final class Replaceable {

    private Replaceable() {}

    /** @param viewer the class from which the result's type is seen */
    static boolean by(Object replacement, Class<?> type, Class<?> viewer) {
        for (Class<?> next = type; next != null && next != Object.class; next = next.getSuperclass()) {
            if (isNamed(next, viewer) && !next.isInstance(replacement)) {
                return false;
            }
            for (Class<?> contract : next.getInterfaces()) {
                if (AsyncResultTypes.isPublisher(contract) && !by(replacement, contract, viewer)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isNamed(Class<?> type, Class<?> viewer) {
        if (type.isHidden() || type.isAnonymousClass()) {
            return false;
        }
        return java.lang.reflect.Modifier.isPublic(type.getModifiers())
                || type.getPackageName().equals(viewer.getPackageName());
    }
}
