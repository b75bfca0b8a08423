package io.spanloom.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaterfallTest {

    @ParameterizedTest
    @CsvSource({
        "100,     110,     '##########'",
        "100,     105,     '#####     '",
        "105,     110,     '     #####'",
        "104.5,   105.5,   '    ##    '",
        "109.99,  110,     '         #'",
        "110,     110,     '         #'",
        "100,     100,     '#         '",
    })
    void span_liesWhereItRan(double start, double end, String expected) throws Exception {
        assertThat(bar(span(start, end))).isEqualTo(expected);
    }

    @Test
    void spanThatEndsBeforeItStarts_hasOneCell() throws Exception {
        assertThat(bar(span(105, 103))).isEqualTo("     #    ");
    }

    @Test
    void spanInProgress_runsToTheEnd() throws Exception {
        TraceSpan running = Fixtures.span(",'start_time':107,'in_progress':true");

        assertThat(bar(running)).isEqualTo("       ~~~");
    }

    @Test
    void clocksCenturiesApart_areDrawn() throws Exception {
        List<TraceSpan> spans = List.of(span(0, 1), span(9e10, 9.1e10));

        assertThat(Waterfall.of(spans, Glyphs.ASCII, 10).bar(spans.get(1))).isEqualTo("         #");
    }

    private static String bar(TraceSpan span) throws Exception {
        return Waterfall.of(List.of(span(100, 110), span), Glyphs.ASCII, 10).bar(span);
    }

    private static TraceSpan span(double start, double end) throws Exception {
        return Fixtures.span(",'start_time':" + start + ",'end_time':" + end);
    }
}
