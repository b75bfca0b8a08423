package io.spanloom.examples.quarkus;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The service that knows people's names: this very application, unless {@code quarkus.rest-client.profiles.url} says where. */
@RegisterRestClient(configKey = "profiles")
@Path("/api/profiles")
interface Profiles {

    @GET
    @Path("/{handle}")
    String nameOf(@PathParam("handle") String handle);
}
