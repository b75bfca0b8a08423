package io.spanloom.weave;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What {@code tracing.weave.include} and {@code exclude} say, and what has come of it: which rules have met nothing yet, and
 * how many methods the limit has kept out. Shared by all loaders that have the same configuration, and by threads.
 */
final class Selection {

    static final int DEFAULT_MAX = 1_000;
    static final Selection NONE = new Selection(List.of(), List.of(), DEFAULT_MAX);

    /** Never included, whatever a pattern says: they work below every span, and tracing them would trace itself. */
    private static final List<String> OUT_OF_REACH = List.of(
            "java.",
            "jdk.",
            "sun.",
            "com.sun.",
            "io.spanloom.",
            "io.opentelemetry.",
            "com.amazonaws.xray.",
            "net.".concat("bytebuddy."), // in one piece it would be relocated in the agent's jar
            "org.slf4j.");

    /** Beyond so many classes, "the nearest one" is chosen among those. */
    private static final int REMEMBERED = 20_000;

    private static final int EXAMPLES = 3;

    private final List<MethodRule> include;
    private final List<MethodRule> exclude;
    private final int max;
    private final boolean empty;
    private final boolean includesNothing;
    private final Set<MethodRule> met = new HashSet<>();
    private final Set<MethodRule> late = new HashSet<>();
    private final Set<MethodRule> said = new HashSet<>();
    private final Set<String> granted = new HashSet<>();
    private final Set<String> leftOut = new LinkedHashSet<>();
    private final Set<String> classes = new LinkedHashSet<>();
    private boolean saidLeftOut;

    /** @param max how many methods may be included */
    Selection(List<MethodRule> include, List<MethodRule> exclude, int max) {
        this.include = List.copyOf(include);
        this.exclude = List.copyOf(exclude);
        this.max = max;
        includesNothing = this.include.isEmpty();
        empty = includesNothing && this.exclude.isEmpty();
    }

    boolean isEmpty() {
        return empty;
    }

    boolean includesNothing() {
        return includesNothing;
    }

    /** Whether a closer look at a class is worth it. */
    boolean mayInclude(ClassOutline outline) {
        String name = outline.name().replace('/', '.');
        remember(name);
        if (isOutOfReach(name)) {
            return false;
        }
        for (MethodRule each : include) {
            if (each.mayMatch(name, outline.annotationNames())) {
                return true;
            }
        }
        return false;
    }

    private synchronized void remember(String name) {
        if (classes.size() < REMEMBERED && met.size() < include.size() + exclude.size()) {
            classes.add(name);
        }
    }

    private static boolean isOutOfReach(String className) {
        for (String each : OUT_OF_REACH) {
            if (className.startsWith(each)) {
                return true;
            }
        }
        return false;
    }

    @Nullable
    MethodRule excluding(ClassFacts type, MethodFacts method) {
        return find(exclude, type, method, rule -> true);
    }

    /**
     * The first that means the method.
     *
     * @param eligible whether a rule that matches it means it, too
     */
    @Nullable
    MethodRule including(ClassFacts type, MethodFacts method, Predicate<MethodRule> eligible) {
        return isOutOfReach(type.name) ? null : find(include, type, method, eligible);
    }

    private @Nullable MethodRule find(
            List<MethodRule> rules, ClassFacts type, MethodFacts method, Predicate<MethodRule> eligible) {
        MethodRule first = null;
        for (MethodRule each : rules) {
            if (each.matches(type, method) && eligible.test(each)) {
                if (first != null) {
                    comesTooLate(each);
                } else {
                    first = each;
                }
            }
        }
        return first;
    }

    private synchronized void comesTooLate(MethodRule rule) {
        late.add(rule);
    }

    synchronized void meets(MethodRule rule) {
        met.add(rule);
        if (met.size() == include.size() + exclude.size()) {
            classes.clear();
        }
    }

    /** Whether one more method may be included; always the same answer for the same. */
    synchronized boolean grant(ClassFacts type, MethodFacts method) {
        String id = type.name + '#' + method.name + method.descriptor;
        if (granted.contains(id)) {
            return true;
        }
        if (granted.size() >= max) {
            if (leftOut.size() < REMEMBERED) {
                leftOut.add(id);
            }
            return false;
        }
        return granted.add(id);
    }

    String limit() {
        return "tracing.weave.include.max = " + max;
    }

    synchronized int leftOut() {
        return leftOut.size();
    }

    /** What there is to warn of since the last time: a code and a text each. */
    synchronized List<String[]> warnings() {
        List<String[]> warnings = new ArrayList<>();
        if (!leftOut.isEmpty() && !saidLeftOut) {
            saidLeftOut = true;
            warnings.add(new String[] {
                "TRC-072",
                "tracing.weave.include means " + leftOut.size() + " methods more than " + limit()
                        + " lets through; they run untraced: " + examples()
                        + ". Narrow the patterns, exclude what is small and hot, or raise the limit"
            });
        }
        for (MethodRule each : include) {
            addIfUnmet(warnings, each, "tracing.weave.include");
        }
        for (MethodRule each : exclude) {
            addIfUnmet(warnings, each, "tracing.weave.exclude");
        }
        return warnings;
    }

    private String examples() {
        List<String> some = new ArrayList<>();
        for (String each : leftOut) {
            if (some.size() < EXAMPLES) {
                some.add(each.substring(0, each.indexOf('(')));
            }
        }
        return String.join(", ", some) + (leftOut.size() > EXAMPLES ? ", ..." : "");
    }

    private void addIfUnmet(List<String[]> warnings, MethodRule rule, String key) {
        if (!met.contains(rule) && said.add(rule)) {
            String why = late.contains(rule)
                    ? "; an earlier rule means the same methods, and the first one counts"
                    : NearestClass.hint(rule, classes);
            warnings.add(
                    new String[] {"TRC-071", "the rule " + rule + " of " + key + " has met no method so far" + why});
        }
    }
}
