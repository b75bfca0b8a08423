package io.spanloom;

/**
 * Writes one header to a request, by method reference: {@code HttpRequest.Builder::setHeader}, {@code Map::put}.
 *
 * @param <C> the carrier: whatever holds the headers
 */
@FunctionalInterface
public interface CarrierSetter<C> {

    /** Sets a header, replacing an earlier value of the same name. What it throws does not reach the caller. */
    void set(C carrier, String name, String value);
}
