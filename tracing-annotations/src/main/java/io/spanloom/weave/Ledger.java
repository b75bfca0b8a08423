package io.spanloom.weave;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** What has been woven, by class loader. Holds no class and no loader; as large as what is annotated. */
final class Ledger {

    private final Map<ClassLoader, Map<String, List<MethodPlan>>> plans = new WeakHashMap<>();
    private int methods;
    private int classes;
    private int included;
    private int foreign;

    /** Remembers a class, in place of what was known of it before. */
    synchronized void enter(ClassLoader loader, String className, List<MethodPlan> all) {
        Map<String, List<MethodPlan>> known = plans.get(loader);
        if (known == null) {
            known = new HashMap<>();
            plans.put(loader, known);
        }
        List<MethodPlan> before = known.put(className, all);
        if (before != null) {
            count(before, -1);
        }
        count(all, 1);
    }

    private void count(List<MethodPlan> all, int sign) {
        int woven = 0;
        for (MethodPlan plan : all) {
            woven += plan.isWoven() ? 1 : 0;
            boolean ours = !plan.isWoven() || plan.origin().isEmpty();
            boolean byRule = plan.origin().equals(MethodPlan.BY_RULE);
            included += ours || !byRule ? 0 : sign;
            foreign += ours || byRule ? 0 : sign;
        }
        methods += sign * woven;
        classes += woven > 0 ? sign : 0;
    }

    /** Null where the class was never woven. */
    synchronized @Nullable List<MethodPlan> find(@Nullable ClassLoader loader, String className) {
        Map<String, List<MethodPlan>> known = plans.get(loader);
        return known == null ? null : known.get(className);
    }

    synchronized WeaveReport report(String mode) {
        return new WeaveReport(methods, classes, mode, included, foreign);
    }
}
