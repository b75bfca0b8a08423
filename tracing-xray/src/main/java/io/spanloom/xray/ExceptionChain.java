package io.spanloom.xray;

import io.spanloom.spi.ThrownException;
import java.util.List;

/**
 * An exception and its causes.
 *
 * @param id of the first; each cause has the next number, so that ids stay the same however often this is written
 */
record ExceptionChain(long id, List<ThrownException> exceptions) {

    List<ThrownException> withoutFrames() {
        return exceptions.stream()
                .map(thrown -> new ThrownException(thrown.type(), thrown.message(), List.of(), thrown.truncated()))
                .toList();
    }
}
