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
     * @param manyNames whether requests may ask for the service by other names ({@code tracing.naming})
     */
    record Service(
            String name, @Nullable String type, @Nullable String resourceArn, boolean manyNames) {

        Service(String name, @Nullable String type, @Nullable String resourceArn) {
            this(name, type, resourceArn, false);
        }
    }

    /** The process's, or, of a request that asked for another name, the same under that. */
    static Question of(Service process, @Nullable SamplingRequest request) {
        String asked = request == null ? null : request.service();
        return new Question(
                asked == null
                        ? process
                        : new Service(asked, process.type(), process.resourceArn(), process.manyNames()),
                request);
    }

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
