package io.spanloom.sampling;

import io.spanloom.spi.Glob;
import java.util.Map;

/**
 * One rule, as it was written. The constraints of its values are those of the X-Ray API's {@code SamplingRule}; readers
 * check them.
 *
 * @param priority 1 is asked first; equal ones go by name
 * @param fixedRate the share of what the reservoir does not take, 0 to 1
 * @param reservoirSize traces per second that are recorded before the rate counts
 * @param attributes all of them have to be there and to match
 */
record SamplingRule(
        String name,
        int priority,
        double fixedRate,
        int reservoirSize,
        Glob serviceName,
        Glob serviceType,
        Glob resourceArn,
        Glob host,
        Glob method,
        Glob path,
        Map<String, Glob> attributes) {

    /** The service's own last rule, which matches everything and cannot be deleted. */
    static final String DEFAULT = "Default";

    SamplingRule {
        attributes = Map.copyOf(attributes);
    }

    /** A rule that matches every root. */
    static SamplingRule forAll(String name, int priority, double fixedRate, int reservoirSize) {
        Glob any = Glob.ANY;
        return new SamplingRule(name, priority, fixedRate, reservoirSize, any, any, any, any, any, any, Map.of());
    }

    /** Whether it asks nothing. */
    boolean isForAll() {
        return equals(forAll(name, priority, fixedRate, reservoirSize));
    }

    boolean matches(Question question) {
        return admits(question.service())
                && method.matches(question.method())
                && host.matches(question.host())
                && path.matches(question.path())
                && (attributes.isEmpty() || matches(question.attributes()));
    }

    /** Whether any root of this service can match. */
    boolean admits(Question.Service service) {
        return serviceName.matches(service.name())
                && serviceType.matches(service.type())
                && resourceArn.matches(service.resourceArn());
    }

    private boolean matches(Map<String, String> given) {
        for (Map.Entry<String, Glob> wanted : attributes.entrySet()) {
            String value = given.get(wanted.getKey());
            if (value == null || !wanted.getValue().matches(value)) {
                return false;
            }
        }
        return true;
    }
}
