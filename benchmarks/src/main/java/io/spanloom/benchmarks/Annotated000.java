package io.spanloom.benchmarks;

import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Traced;

/** What {@link StartUp} loads under as many names as it is told to. */
public final class Annotated000 implements Runnable {

    private int runs;

    @Override
    public void run() {
        runs += add(1);
    }

    @Traced
    int add(@SpanAnnotation int number) {
        return runs + number;
    }

    @Traced("get")
    String get(@SpanAnnotation("key") String key) {
        return key + runs;
    }
}
