package io.spanloom.examples.quarkus;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/** What browsers ask. */
@Path("/api")
public class Api {

    private final Activities activities;

    Api(Activities activities) {
        this.activities = activities;
    }

    /** On a worker thread. */
    @GET
    @Path("/activities/{handle}")
    public String activities(@PathParam("handle") String handle) {
        return activities.of(handle);
    }

    /** On the event loop. */
    @GET
    @Path("/count")
    public Uni<Integer> count() {
        return activities.count();
    }

    @GET
    @Path("/elsewhere")
    public CompletionStage<Integer> countElsewhere() {
        return activities.countElsewhere();
    }

    /** Of a service that is not there. */
    @GET
    @Path("/unanswered")
    public String unanswered() {
        return RestClientBuilder.newBuilder()
                .baseUri(URI.create("http://127.0.0.1:1"))
                .build(Profiles.class)
                .nameOf("anybody");
    }

    @GET
    @Path("/profiles/{handle}")
    public String profile(@PathParam("handle") String handle) {
        if ("nobody".equals(handle)) {
            throw new NotFoundException();
        }
        return "andrewbrown".equals(handle) ? "Andrew Brown" : handle;
    }
}
