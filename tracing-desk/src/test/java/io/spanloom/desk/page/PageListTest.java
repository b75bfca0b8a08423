package io.spanloom.desk.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.spanloom.desk.page.PageFixture.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.spanloom.desk.TraceDesk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The list while it lives: what comes, what comes again, what goes. */
class PageListTest {
    private final PageFixture fixture = PageFixture.empty();
    private final double now = System.currentTimeMillis() / 1000.0;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void traceThatGrowsWhilePaused_isCountedOnce() throws Exception {
        fixture.send(List.of(segment(1, "held", "")));
        Page page = fixture.open("traces");
        assertThat(rows(page)).hasCount(1);
        page.keyboard().press("p");
        fixture.send(List.of(segment(2, "new", "")));
        assertThat(page.locator("button.live")).containsText("1 new");
        fixture.send(List.of(below(2), segment(3, "newer", "")));
        assertThat(page.locator("button.live")).containsText("2 new");
        fixture.send(List.of(below(3), segment(4, "newest", "")));
        assertThat(page.locator("button.live")).containsText("3 new");
    }

    @Test
    void byStatus_aFaultStandsBeforeThrottling() throws Exception {
        fixture.send(List.of(segment(1, "fine", ""), segment(2, "busy", ",\"error\":true,\"throttle\":true")));
        Page page = fixture.open("traces?sort=status");
        assertThat(rows(page)).hasCount(2);
        fixture.send(List.of(segment(3, "broken", ",\"fault\":true")));
        assertThat(rows(page)).hasCount(3);
        page.waitForFunction("() => " + NAMES + ".join() === 'broken,busy,fine'");
    }

    @Test
    void bySpans_aTraceThatGrowsGoesUp() throws Exception {
        fixture.send(List.of(segment(1, "small", ""), segment(2, "other", "")));
        Page page = fixture.open("traces?sort=spans");
        page.waitForFunction("() => " + NAMES + ".join() === 'other,small'");
        fixture.send(List.of(below(1)));
        page.waitForFunction("() => " + NAMES + ".join() === 'small,other'");
    }

    /** Rows are placed by their transform, in any order of elements. */
    private static final String NAMES = "[...document.querySelectorAll('desk-trace-table .virtual .row:not([hidden])')]"
            + ".sort((a, b) => a.getAttribute('aria-rowindex') - b.getAttribute('aria-rowindex'))"
            + ".map(row => row.querySelector('.operation').textContent)";

    @Test
    void deskThatBeganAnew_isListedAnew() throws Exception {
        fixture.send(List.of(segment(1, "before", "")));
        Page page = fixture.open("traces");
        assertThat(rows(page)).hasCount(1);
        fixture.desk.close();
        assertThat(page.locator("button.live")).containsText("not reached");
        try (TraceDesk again =
                TraceDesk.builder().httpAddress(fixture.desk.httpAddress()).start()) {
            fixture.send(List.of(segment(2, "after", "")));
            assertThat(page.locator("button.live")).hasText("Live");
            assertThat(rows(page)).hasCount(1);
            assertThat(rows(page).first()).containsText("after");
            assertThat(again.traces()).hasSize(1);
        }
    }

    @Test
    void chip_keepsTheFocusWhileTracesCome() throws Exception {
        fixture.send(List.of(segment(1, "held", "")));
        Page page = fixture.open("traces?min=0.0001");
        assertThat(rows(page)).hasCount(1);
        page.locator(".chip.on").focus();
        fixture.send(List.of(segment(2, "new", "")));
        assertThat(rows(page)).hasCount(2);
        assertThat(page.locator(".chip.on")).isFocused();
    }

    @Test
    void filterTypedBeforeGoingOn_leavesTheNextViewAlone() throws Exception {
        fixture.send(List.of(segment(1, "held", "")));
        Page page = fixture.open("traces");
        assertThat(rows(page)).hasCount(1);
        List<Route> held = new ArrayList<>();
        page.route("**/page/api/check?*", held::add);
        page.locator("#filter").fill("fault");
        page.waitForCondition(() -> !held.isEmpty());
        page.evaluate("location.hash = '#/groups'");
        assertThat(page.locator("h1")).hasText("Groups");
        page.waitForResponse("**/page/api/check?*", held.get(0)::resume);
        // The answer is read by promises; what they do is done when the next picture is drawn.
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        assertThat(page.url()).endsWith("#/groups");
    }

    @Test
    void deskThatIsAway_isAskedAgainByTheListThatIsShownAlone() throws Exception {
        Page page = fixture.open("groups");
        assertThat(page.locator("tbody tr")).hasCount(1);
        List<Route> held = new ArrayList<>();
        page.route("**/page/api/traces?*", route -> {
            if (route.request().url().contains("limit=2000")) {
                held.add(route);
            } else {
                route.resume();
            }
        });
        page.evaluate("location.hash = '#/traces'");
        page.waitForCondition(() -> held.size() == 1);
        page.evaluate("location.hash = '#/groups'");
        assertThat(page.locator("h1")).hasText("Groups");
        page.clock().install();
        held.get(0).abort();
        page.evaluate("new Promise(done => fetch('/page/api/status').then(done))");
        page.clock().runFor(10_000);
        page.evaluate("new Promise(done => fetch('/page/api/status').then(done))");
        assertThat(held).hasSize(1);
    }

    @Test
    void clearedDesk_isEmptyOnAllPages() throws Exception {
        fixture.send(List.of(segment(1, "held", "")));
        Page other = fixture.open("traces");
        Page page = fixture.open("traces");
        assertThat(rows(other)).hasCount(1);
        assertThat(rows(page)).hasCount(1);
        page.onceDialog(Dialog::dismiss);
        page.getByText("Clear", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(fixture.desk.traces()).hasSize(1);
        page.onceDialog(Dialog::accept);
        page.getByText("Clear", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator(".toast")).containsText("1 trace forgotten");
        assertThat(page.getByText("Waiting for the first trace")).isVisible();
        assertThat(other.getByText("Waiting for the first trace")).isVisible();
        assertThat(fixture.desk.traces()).isEmpty();
        fixture.send(List.of(segment(2, "new", "")));
        assertThat(rows(other)).hasCount(1);
        assertThat(rows(page).first()).containsText("new");
    }

    @Test
    void ignoredNamesAndUrls_areNotListed() throws Exception {
        fixture.send(List.of(
                segment(1, "shop", ""),
                segment(2, "poll", ""),
                segment(
                        3,
                        "probe",
                        ",\"http\":{\"request\":{\"method\":\"GET\",\"url\":\"http://a/api/Health?x=1\"}}")));
        Page page = fixture.open("traces");
        assertThat(rows(page)).hasCount(3);
        page.getByLabel("Ignore names or URLs").fill("*/health");
        page.keyboard().press("Enter");
        assertThat(rows(page)).hasCount(2);
        page.keyboard().press("Escape");
        page.keyboard().press("j");
        page.keyboard().press("i");
        assertThat(rows(page)).hasCount(1);
        assertThat(rows(page).first()).containsText("shop");
        assertThat(page.locator("header .found")).hasText("1");
        assertThat(page).hasURL(Pattern.compile("ignore="));
        fixture.send(List.of(segment(4, "poll", ""), segment(5, "shop too", "")));
        assertThat(rows(page)).hasCount(2);

        page.evaluate("location.hash = '#/why'");
        assertThat(page.locator(".steps li").first()).isVisible();
        page.evaluate("location.hash = '#/traces'");
        assertThat(page.locator("desk-ignore .chip")).hasCount(2);
        assertThat(rows(page)).hasCount(2);
        String address = page.url();
        assertThat(address).contains("ignore=");
        Page elsewhere = fixture.browser.page(ColorScheme.LIGHT, PageFixture.WIDTH, PageFixture.HEIGHT);
        elsewhere.navigate(address);
        assertThat(rows(elsewhere)).hasCount(2);

        page.locator("desk-ignore .chip").first().click();
        assertThat(rows(page)).hasCount(3);
        page.getByLabel("Ignore names or URLs").fill("*");
        page.keyboard().press("Enter");
        page.getByText("Show all").click();
        assertThat(rows(page)).hasCount(5);
        assertThat(page.locator("desk-ignore .chip")).hasCount(0);
    }

    @Test
    void groupsThatCannotBeHad_areSaidToBeMissing() {
        Page page = fixture.open("why");
        assertThat(page.locator(".steps li").first()).isVisible();
        page.route(
                "**/Groups",
                route -> route.fulfill(
                        new Route.FulfillOptions().setStatus(400).setBody("{\"Message\":\"no groups today\"}")));
        page.evaluate("location.hash = '#/groups'");
        assertThat(page.locator("pre.say")).hasText("no groups today");
    }

    @Test
    void emptyMap_takesItsKeys() {
        Page page = fixture.open("map");
        assertThat(page.getByText("No calls in this range.")).isVisible();
        page.keyboard().press("+");
        page.keyboard().press("0");
        assertThat(page.locator("header .found")).containsText("0 traces");
    }

    @Test
    void browserWithoutStorage_keepsTheThemeForAsLongAsThePageIsOpen() throws IOException, InterruptedException {
        fixture.send(List.of(segment(1, "held", "")));
        Page page = fixture.open("why");
        page.context()
                .addInitScript(
                        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } })");
        page.reload();
        page.locator("button.theme").click();
        assertThat(page.locator("html[data-theme=dark]")).hasCount(1);
        page.evaluate("location.hash = '#/trace/" + fixture.traceNamed("held") + "'");
        assertThat(PageFixture.spans(page)).hasCount(1);
        assertThat(page.locator("html[data-theme=dark]")).hasCount(1);
    }

    private String segment(int number, String name, String more) {
        return String.format(
                java.util.Locale.ROOT,
                "{\"id\":\"%016x\",\"trace_id\":\"1-%08x-%024x\",\"name\":\"%s\",\"start_time\":%.3f,\"end_time\":%.3f%s}",
                number,
                (long) now,
                number,
                name,
                now - 5,
                now - 4.9,
                more);
    }

    private String below(int number) {
        return String.format(
                java.util.Locale.ROOT,
                "{\"id\":\"%016x\",\"trace_id\":\"1-%08x-%024x\",\"parent_id\":\"%016x\",\"type\":\"subsegment\",\"name\":\"below\",\"start_time\":%.3f,\"end_time\":%.3f}",
                number + 1000,
                (long) now,
                number,
                number,
                now - 5,
                now - 4.9);
    }
}
