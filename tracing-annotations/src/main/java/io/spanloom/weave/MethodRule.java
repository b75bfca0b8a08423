package io.spanloom.weave;

import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * One rule of {@code tracing.weave.include} or {@code exclude}. Everything that it names has to hold.
 *
 * @param text as it is written
 * @param origin where it is written
 * @param visibilities any of these words; empty for all that the key means
 * @param annotations each on the method or on its class
 * @param type the class's binary name
 * @param method null for any; {@code new} for constructors, which no wildcard stands for
 * @param parameters null for any
 */
record MethodRule(
        String text,
        String origin,
        Set<String> visibilities,
        List<Glob> annotations,
        Glob type,
        @Nullable Glob method,
        @Nullable List<Glob> parameters,
        List<Capture> captures) {

    private static final List<String> UNOUTLINED = List.of("java", "jakarta", "jdk", "sun", "com.sun", "io.spanloom");

    /**
     * What an included method records.
     *
     * @param source a parameter's name, {@code argN}, or {@code result}
     * @param path may be empty
     */
    record Capture(boolean metadata, String namespace, String key, String source, String path) {

        static final String RESULT = "result";
    }

    /** Whether it spells a method out, and so means it whatever its visibility is and however trivial its code. */
    boolean isExact() {
        return method != null && method.isExact();
    }

    boolean matches(ClassFacts owner, MethodFacts facts) {
        return type.matches(owner.name)
                && matchesName(facts)
                && (visibilities.isEmpty() || visibilities.contains(visibility(facts)))
                && matchesAnnotations(owner, facts)
                && matchesParameters(facts);
    }

    private boolean matchesName(MethodFacts facts) {
        if (facts.name.equals("<init>")) {
            return method != null && method.toString().equals("new");
        }
        return method == null || method.matches(facts.name);
    }

    static String visibility(MethodFacts facts) {
        if (facts.is(Opcodes.ACC_PUBLIC)) {
            return "public";
        }
        return facts.is(Opcodes.ACC_PROTECTED) ? "protected" : facts.is(Opcodes.ACC_PRIVATE) ? "private" : "package";
    }

    private boolean matchesAnnotations(ClassFacts owner, MethodFacts facts) {
        for (Glob each : annotations) {
            if (!matchesAny(each, owner.carried) && !matchesAny(each, facts.carried)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matchesAny(Glob glob, Iterable<String> names) {
        for (String each : names) {
            if (glob.matches(each)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the class may have a method that it means, as far as its outline tells. */
    boolean mayMatch(String className, List<String> annotationsAnywhere) {
        if (!type.matches(className)) {
            return false;
        }
        for (Glob each : annotations) {
            if (isOutlined(each.head()) && !matchesAny(each, annotationsAnywhere)) {
                return false;
            }
        }
        return true;
    }

    /** Outlines leave out annotations of platform packages and ours, which a wildcard at the beginning may mean, too. */
    private static boolean isOutlined(String head) {
        for (String each : UNOUTLINED) {
            if (head.startsWith(each)) {
                return false;
            }
        }
        return !head.isEmpty();
    }

    private boolean matchesParameters(MethodFacts facts) {
        if (parameters == null) {
            return true;
        }
        Type[] types = facts.parameters();
        if (types.length != parameters.size()) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            String name = types[i].getClassName();
            String simple = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
            if (!parameters.get(i).matches(name) && !parameters.get(i).matches(simple)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "'" + text + "' (" + origin + ")";
    }
}
