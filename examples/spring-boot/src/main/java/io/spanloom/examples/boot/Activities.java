package io.spanloom.examples.boot;

import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Subsegment;
import io.spanloom.annotation.Traced;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** What people did. */
@Service
class Activities {

    private final Profiles profiles;

    Activities(Profiles profiles) {
        this.profiles = profiles;
    }

    @Traced
    List<String> of(@SpanAnnotation("user_handle") String handle) {
        return List.of(profiles.nameOf(handle) + ": " + latest());
    }

    @Subsegment("latest")
    private String latest() {
        return "Time flies";
    }

    @Async
    @Traced
    public CompletableFuture<Integer> count() {
        return CompletableFuture.completedFuture(1);
    }

    /** Each run is a trace of its own: nothing is current on a scheduler's thread. */
    @Scheduled(
            fixedDelayString = "${activities.cleanup.every:1h}",
            initialDelayString = "${activities.cleanup.every:1h}")
    @Traced("cleanup")
    public void cleanUp() {
        latest();
    }
}
