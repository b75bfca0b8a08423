package io.spanloom;

import org.jspecify.annotations.Nullable;

/**
 * Reads one header from a request, by method reference: {@code HttpHeaders::firstValue},
 * {@code HttpServletRequest::getHeader}, {@code Headers::getFirst}, {@code Map::get}.
 *
 * @param <C> the carrier: whatever holds the headers
 */
@FunctionalInterface
public interface CarrierGetter<C> {

    /**
     * The header's value: a {@code String}, an {@code Optional<String>}, a list of all values where there are several, or
     * null where there is none. One method takes all shapes, so that a lambda is never ambiguous. What it throws is counted as "no such header".
     *
     * @param name the header's name as the protocol spells it; look it up without regard to case
     */
    @Nullable
    Object get(C carrier, String name);
}
