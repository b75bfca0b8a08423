package io.spanloom.sampling;

import io.spanloom.spi.SamplingRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that a rule may ask about one root: the service that handles it, and the request. */
record Question(Service service, @Nullable SamplingRequest request) {

    /**
     * What is the same for all roots of a process.
     *
     * @param type as in {@code AWS::ECS::Container}; null where it is not known
     * @param resourceArn null where it is not known
     */
    record Service(
            String name, @Nullable String type, @Nullable String resourceArn) {}

    @Nullable
    String host() {
        return request == null ? null : request.host();
    }

    @Nullable
    String method() {
        return request == null ? null : request.method();
    }

    @Nullable
    String path() {
        return request == null ? null : request.path();
    }

    Map<String, String> attributes() {
        return request == null ? Map.of() : request.attributes();
    }
}
