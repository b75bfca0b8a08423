package io.spanloom.examples.boot;

import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;

/** Asks the service that knows people's names: this very application, unless {@code profiles.url} says where. */
final class Profiles {

    private final RestClient client;
    private final Environment environment;

    Profiles(RestClient client, Environment environment) {
        this.client = client;
        this.environment = environment;
    }

    String nameOf(String handle) {
        String own = "http://localhost:" + environment.getProperty("local.server.port", "8080");
        String url = environment.getProperty("profiles.url", own) + "/api/profiles/{handle}";
        return String.valueOf(client.get().uri(url, handle).retrieve().body(String.class));
    }
}
