package io.spanloom.agent.contract;

import io.spanloom.weave.Weaver;

/** Apart, so that the program names the weaver only where it is told to use it. */
final class Asking {

    private Asking() {}

    static void install() {
        System.out.println(Weaver.install());
    }

    static void explain() {
        System.out.println(Weaver.explain(Asking.class));
    }

    static void explain(Class<?> type) throws ReflectiveOperationException {
        System.out.println("old returns " + type.getMethod("old").invoke(null));
        System.out.println(Weaver.explain(type));
    }
}
