package io.spanloom.agent.contract;

import io.spanloom.annotation.Traced;
import io.spanloom.weave.Weaver;

/** Loaded before any weaver, and asked about afterwards. */
public final class Loaded {

    private Loaded() {}

    @Traced
    static int charge() {
        return 1;
    }

    /** @param args {@code install}: by the weaver itself */
    public static void main(String[] args) {
        charge();
        if (args.length > 0) {
            Weaver.install();
        }
        System.out.println(Weaver.explain(Loaded.class));
    }
}
