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

    /** Annotated, and loaded after those that inherit from it. */
    public interface Task extends Runnable {
        @Override
        @Traced
        void run();
    }

    /** One of several. */
    public static class A implements Runnable {
        @Override
        @Traced
        public void run() {}
    }

    /** One of several. */
    public static class B implements Runnable {
        @Override
        @Traced
        public void run() {}
    }

    /** One of several. */
    public static class C implements Task {
        @Override
        public void run() {}
    }

    /** One of several. */
    public static class D implements Task {
        @Override
        public void run() {}
    }
}
