package io.spanloom.e2e.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Leaves out steps for as long as the program goes on to differ: delta debugging. */
final class Shrinker {

    private Shrinker() {}

    static Program shrink(Program program, Predicate<Program> differs) {
        List<Step> steps = new ArrayList<>(program.steps());
        for (int chunk = Math.max(1, steps.size() / 2); chunk >= 1; chunk = chunk == 1 ? 0 : chunk / 2) {
            boolean fewer = true;
            while (fewer) {
                fewer = false;
                for (int from = steps.size() - chunk; from >= 0; from -= chunk) {
                    List<Step> rest = new ArrayList<>(steps.subList(0, from));
                    rest.addAll(steps.subList(Math.min(steps.size(), from + chunk), steps.size()));
                    if (!rest.isEmpty() && differs.test(program.with(rest))) {
                        steps = rest;
                        from = Math.min(from, steps.size());
                        fewer = true;
                    }
                }
            }
        }
        return program.with(steps);
    }
}
