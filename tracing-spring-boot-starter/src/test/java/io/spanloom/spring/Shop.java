package io.spanloom.spring;

import io.spanloom.annotation.Subsegment;
import io.spanloom.annotation.Traced;
import java.util.concurrent.CompletableFuture;
import org.slf4j.MDC;
import org.springframework.scheduling.annotation.Async;

/** Woven by nothing but the starter. */
class Shop {

    @Traced
    String find(String id) {
        return "found " + id + " " + stock() + " " + MDC.get("trace_id");
    }

    @Subsegment("stock")
    private int stock() {
        return 1;
    }

    @Async
    public CompletableFuture<String> later() {
        return CompletableFuture.completedFuture(find("later"));
    }
}
