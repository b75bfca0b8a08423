package io.spanloom.examples.micronaut;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.spanloom.Tracing;
import java.util.concurrent.CompletionStage;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** What browsers ask. */
@Controller("/api")
@Produces(MediaType.TEXT_PLAIN)
class Api {

    private final Activities activities;
    private final Profiles profiles;
    private final HttpClient client;

    Api(Activities activities, Profiles profiles, HttpClient client) {
        this.activities = activities;
        this.profiles = profiles;
        this.client = client;
    }

    /** On a thread that may wait; a virtual one from JDK 21 on. */
    @Get("/activities/{handle}")
    @ExecuteOn(TaskExecutors.BLOCKING)
    String activities(String handle) {
        return activities.of(handle);
    }

    /** On the event loop. */
    @Get("/count")
    Publisher<String> count() {
        return activities.count().map(String::valueOf);
    }

    /** Both on the event loop: a call, and what follows it. */
    @Get("/greeting/{handle}")
    Publisher<String> greeting(String handle) {
        return Mono.from(profiles.laterNameOf(handle)).map(name -> Tracing.call("greet", span -> "Hello, " + name));
    }

    @Get("/elsewhere")
    CompletionStage<String> countElsewhere() {
        return activities.countElsewhere().thenApply(String::valueOf);
    }

    /** Of a service that is not there. */
    @Get("/unanswered")
    @ExecuteOn(TaskExecutors.BLOCKING)
    String unanswered() {
        return client.toBlocking().retrieve("http://127.0.0.1:1/api/profiles/anybody");
    }

    @Get("/profiles/{handle}")
    String profile(String handle) {
        if ("nobody".equals(handle)) {
            throw new HttpStatusException(HttpStatus.NOT_FOUND, "nobody");
        }
        return "andrewbrown".equals(handle) ? "Andrew Brown" : handle;
    }
}
