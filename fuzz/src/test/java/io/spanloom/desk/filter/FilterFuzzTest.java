package io.spanloom.desk.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.function.Predicate;

/** Filter expressions: read, or refused at a place with a picture of three lines. */
class FilterFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void expression(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        try {
            Filter filter = Filter.parse(text);
            assertThat(filter.text()).isEqualTo(text.isBlank() ? "" : text);
            Predicate<TraceElement> unused = filter.bind(Groups.NONE);
        } catch (FilterException e) {
            assertThat(e.position()).isBetween(0, text.length());
            assertThat(String.valueOf(e.getMessage()).lines()).hasSize(3);
            assertThat(e.reason()).isNotBlank().hasSizeLessThan(400);
        }
    }
}
