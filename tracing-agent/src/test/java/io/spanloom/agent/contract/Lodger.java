package io.spanloom.agent.contract;

import io.spanloom.annotation.Traced;
import java.util.concurrent.Callable;

/** Loaded by loaders of the tests, several parts of it at the same time. */
public class Lodger implements Callable<String> {

    @Override
    @Traced
    public String call() {
        return "called";
    }

    /** One of several. */
    public static class A {
        @Traced
        void a() {}
    }

    /** One of several. */
    public static class B {
        @Traced
        void b() {}
    }

    /** One of several. */
    public static class C {
        @Traced
        void c() {}
    }

    /** One of several. */
    public static class D {
        @Traced
        void d() {}
    }
}
