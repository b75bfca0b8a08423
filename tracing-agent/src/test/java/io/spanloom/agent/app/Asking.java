package io.spanloom.agent.app;

import io.spanloom.weave.Weaver;

/** What an application may ask of the weaver that the agent brought. */
final class Asking {

    private Asking() {}

    static void weaver() {
        System.out.println(Weaver.install());
        System.out.println(Weaver.report());
        System.out.println(Weaver.explain(App.class));
    }
}
