package io.spanloom.examples.quarkus;

import io.smallrye.mutiny.Uni;
import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Subsegment;
import io.spanloom.annotation.Traced;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** What people did. */
@ApplicationScoped
class Activities {

    private final Profiles profiles;
    private final ManagedExecutor executor;

    Activities(@RestClient Profiles profiles, ManagedExecutor executor) {
        this.profiles = profiles;
        this.executor = executor;
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
    Uni<Integer> count() {
        return Uni.createFrom()
                .item(1)
                .onItem()
                .delayIt()
                .by(Duration.ofMillis(5))
                .map(this::counted);
    }

    @Traced
    CompletionStage<Integer> countElsewhere() {
        return executor.supplyAsync(() -> counted(1));
    }

    @Subsegment("counted")
    private int counted(int activities) {
        return activities;
    }
}
