package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What was delivered. */
record ObservedSpans(List<ObservedSpan> all) {

    /** The one span of this name. */
    ObservedSpan named(String name) {
        List<ObservedSpan> found =
                all.stream().filter(span -> span.name().equals(name)).toList();
        assertThat(found).as("spans named '%s' of %s", name, all).hasSize(1);
        return found.get(0);
    }

    ObservedSpan only() {
        assertThat(all).hasSize(1);
        return all.get(0);
    }
}
