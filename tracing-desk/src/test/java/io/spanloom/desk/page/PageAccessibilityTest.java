package io.spanloom.desk.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each view by the rules of axe (WCAG 2.1 A and AA), in both themes; and at 200 % zoom. */
class PageAccessibilityTest {
    private static PageFixture fixture;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        fixture = PageFixture.with(42);
    }

    @AfterEach
    void closePages() {
        fixture.browser.closePages();
    }

    @AfterAll
    static void stop() {
        if (fixture != null) {
            fixture.close();
        }
    }

    static Stream<String> views() {
        return Stream.of(
                "traces",
                "trace",
                "trace?view=flame",
                "trace?view=map",
                "trace?view=times",
                "compare",
                "map",
                "sampling",
                "groups",
                "inbox",
                "why");
    }

    static Stream<Arguments> viewsInBothThemes() {
        return views().flatMap(view ->
                Stream.of(ColorScheme.LIGHT, ColorScheme.DARK).map(scheme -> Arguments.of(view, scheme)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("viewsInBothThemes")
    void view_passesAxe(String view, ColorScheme scheme) {
        Page page = fixture.open(PagePictures.address(fixture, view), scheme);
        PagePictures.settle(page, view);
        // By the driver's own channel: the page itself lets no foreign script in.
        page.evaluate(fixture.browser.axe());
        Object found = page.evaluate(
                "async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }))"
                        + ".violations.map((one) => one.id + ': ' + one.nodes.slice(0, 5).map((node) => node.target.join(' ') + ' ' + node.failureSummary).join(' | '))");
        assertThat((List<?>) found).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("views")
    void viewAtTwiceTheSize_scrollsInOneDirection(String view) {
        // What 200 % leaves of a window of 1360 pixels.
        Page page = fixture.browser.page(ColorScheme.LIGHT, PageFixture.WIDTH / 2, PageFixture.HEIGHT / 2);
        page.navigate(fixture.address() + "/#/" + PagePictures.address(fixture, view));
        PagePictures.settle(page, view);
        Object beyond =
                page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) beyond).intValue()).isLessThanOrEqualTo(0);
    }
}
