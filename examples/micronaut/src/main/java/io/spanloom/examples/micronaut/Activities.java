package io.spanloom.examples.micronaut;

import io.micronaut.scheduling.annotation.Async;
import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Subsegment;
import io.spanloom.annotation.Traced;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import reactor.core.publisher.Mono;

/** What people did. */
@Singleton
class Activities {

    private final Profiles profiles;

    Activities(Profiles profiles) {
        this.profiles = profiles;
    }

    @Traced
    String of(@SpanAnnotation("user_handle") String handle) {
        return profiles.nameOf(handle) + ": " + latest();
    }

    @Subsegment("latest")
    private String latest() {
        return "Time flies";
    }

    /** Goes on upon another thread after a while. */
    Mono<Integer> count() {
        return Mono.delay(Duration.ofMillis(5)).map(late -> counted(1));
    }

    @Async
    @Traced
    CompletionStage<Integer> countElsewhere() {
        return CompletableFuture.completedFuture(counted(1));
    }

    @Subsegment("counted")
    private int counted(int activities) {
        return activities;
    }
}
