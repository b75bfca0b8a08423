package shop;

import io.spanloom.weave.Weaver;

/** Apart, so that the program does not need the weaver where it is not asked. */
final class Weaving {

    private Weaving() {}

    static void install() {
        Weaver.install();
    }

    static void explain(Class<?>... types) {
        for (Class<?> each : types) {
            System.out.println(Weaver.explain(each));
        }
        System.out.println(Weaver.report());
    }
}
