package io.spanloom.examples.micronaut;

import io.micronaut.runtime.Micronaut;

/** Activities of a small social network. */
public final class Application {

    private Application() {}

    public static void main(String[] args) {
        Micronaut.run(Application.class, args);
    }
}
