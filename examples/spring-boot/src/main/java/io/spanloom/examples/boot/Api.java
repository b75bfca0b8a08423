package io.spanloom.examples.boot;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What browsers ask. */
@RestController
class Api {

    private final Activities activities;

    Api(Activities activities) {
        this.activities = activities;
    }

    @GetMapping("/api/activities/{handle}")
    List<String> activities(@PathVariable("handle") String handle) {
        return activities.of(handle);
    }

    @GetMapping("/api/count")
    CompletableFuture<Integer> count() {
        return activities.count();
    }

    @GetMapping("/api/profiles/{handle}")
    String profile(@PathVariable("handle") String handle) {
        return "andrewbrown".equals(handle) ? "Andrew Brown" : handle;
    }
}
