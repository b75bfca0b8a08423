package io.spanloom.examples.micronaut;

import io.micronaut.core.async.annotation.SingleResult;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;
import org.reactivestreams.Publisher;

/** The service that knows people's names: this very application, unless {@code profiles.url} says where. */
@Client("${profiles.url}")
@Consumes("text/plain")
interface Profiles {

    @Get("/api/profiles/{handle}")
    String nameOf(String handle);

    @Get("/api/profiles/{handle}")
    @SingleResult
    Publisher<String> laterNameOf(String handle);
}
