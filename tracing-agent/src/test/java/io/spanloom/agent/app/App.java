package io.spanloom.agent.app;

import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Subsegment;
import io.spanloom.annotation.Traced;

/** An application as a user has it: annotated, and without a word about weaving. */
public final class App {

    private static final IllegalStateException BOOM = new IllegalStateException("boom");

    @Traced
    String run(@SpanAnnotation("user_handle") String handle) {
        return "ran for " + inner(handle);
    }

    @Subsegment("inner")
    private String inner(String handle) {
        return handle;
    }

    @Traced("failing")
    static void fail() {
        throw BOOM;
    }

    public static void main(String[] args) {
        System.out.println(new App().run("andrewbrown"));
        try {
            fail();
        } catch (IllegalStateException thrown) {
            System.out.println("same object: " + (thrown == BOOM));
        }
        if (args.length > 0) {
            Asking.weaver();
        }
        System.exit(7);
    }
}
