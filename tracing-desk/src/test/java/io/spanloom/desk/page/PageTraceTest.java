package io.spanloom.desk.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.spanloom.desk.page.PageFixture.keysOfView;
import static io.spanloom.desk.page.PageFixture.rows;
import static io.spanloom.desk.page.PageFixture.spans;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One trace: ways into it and out of it, and what happens when the desk does not answer. */
class PageTraceTest {
    private static PageFixture fixture;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        fixture = PageFixture.with(21);
    }

    @AfterAll
    static void stop() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @AfterEach
    void closePages() {
        fixture.browser.closePages();
    }

    @Test
    void addressOfASpanInTheFlameView_opensBoth() {
        String id = fixture.traceNamed("POST /api/orders");
        String span = fixture.desk.traces().stream()
                .filter(trace -> trace.traceId().equals(id))
                .findFirst()
                .orElseThrow()
                .spans()
                .get(2)
                .id();
        Page page = fixture.open("trace/" + id + "?view=flame&span=" + span);
        assertThat(page.locator("desk-flame canvas")).isVisible();
        assertThat(page.locator("desk-span code", new Page.LocatorOptions().setHasText(span))
                        .first())
                .isVisible();
        page.locator("#tab-waterfall").click();
        assertThat(page.locator("desk-waterfall .row[aria-selected=true]")).hasCount(1);
    }

    @Test
    void flameViewAfterAnother_goesOneSpanAKey() {
        Page page = fixture.openTrace("POST /api/orders");
        page.keyboard().press("f");
        page.keyboard().press("w");
        page.keyboard().press("f");
        page.locator("desk-flame").focus();
        page.keyboard().press("ArrowDown");
        assertThat(page.locator("desk-span h2")).containsText("validate");
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("desk-span h2")).containsText("stock");
    }

    @Test
    void waterfallAfterAnotherView_followsItsSize() throws IOException, InterruptedException {
        fixture.send(new SampleTraces(System.currentTimeMillis() / 1000.0).large(200));
        Page page = fixture.browser.page(com.microsoft.playwright.options.ColorScheme.LIGHT, PageFixture.WIDTH, 500);
        page.navigate(fixture.address() + "/#/trace/" + fixture.traceNamed("import catalogue"));
        assertThat(spans(page).first()).isVisible();
        page.keyboard().press("f");
        page.keyboard().press("w");
        assertThat(spans(page).first()).isVisible();
        page.setViewportSize(PageFixture.WIDTH, 1600);
        // 30 pixels each.
        assertThat(spans(page).nth(40)).isVisible();
    }

    @Test
    void hiddenKinds_areNotInTheWaterfall() {
        Page page = fixture.openTrace("GET /api/activities/home");
        assertThat(spans(page)).hasCount(6);
        page.locator("desk-kinds summary").click();
        page.getByLabel("SQL").uncheck();
        assertThat(spans(page)).hasCount(5);
        assertThat(page.locator("desk-waterfall")).not().containsText("cruddur@db.internal");
        // What leads to spans that are shown stays.
        page.getByLabel("Local steps").uncheck();
        assertThat(spans(page).first()).containsText("GET /api/activities/home");
        assertThat(page.locator("desk-kinds summary")).containsText("of 4");
        page.getByLabel("Local steps").check();
        page.reload();
        assertThat(spans(page)).hasCount(5);
        page.keyboard().press("/");
        page.keyboard().type("cruddur@db");
        assertThat(page.locator("desk-waterfall .row[aria-selected=true]")).containsText("cruddur@db.internal");
        assertThat(page.locator("desk-kinds summary")).containsText("All kinds");
    }

    @Test
    void spanOfOtlp_hasItsStacksAndLinks() throws IOException, InterruptedException {
        String linked = fixture.traceNamed("POST /api/orders");
        long nanos = System.currentTimeMillis() * 1_000_000;
        fixture.sendOtlp("""
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"mail"}}]},"scopeSpans":[{"spans":[
                  {"traceId":"5b8efff798038103d269b633813fc60d","spanId":"eee19b7ec3c1b174","name":"send mails","startTimeUnixNano":"%d","endTimeUnixNano":"%d",
                   "links":[{"traceId":"%s","spanId":"00000000000000aa","attributes":[{"key":"queue","value":{"stringValue":"orders"}}]}],
                   "events":[{"name":"exception","attributes":[{"key":"exception.type","value":{"stringValue":"a.Failed"}},{"key":"exception.message","value":{"stringValue":"no mail"}},
                    {"key":"exception.stacktrace","value":{"stringValue":"a.Failed: no mail\\n\\tat a.Mail.send(Mail.java:17)\\nCaused by: b.Refused: port 25\\n\\tat b.Socket.open(Socket.java:4)\\n\\t... 3 more"}}]}]}]}]}]}
                """.formatted(nanos, nanos + 1_000_000, linked));
        Page page = fixture.openTrace("send mails");
        spans(page).first().click();
        assertThat(page.locator("desk-span .thrown")).hasCount(2);
        assertThat(page.locator("desk-span .thrown").nth(0)).containsText("a.Mail.send");
        assertThat(page.locator("desk-span .thrown").nth(0)).containsText("Mail.java:17");
        assertThat(page.locator("desk-span .thrown").nth(1)).containsText("caused by b.Refused");
        assertThat(page.locator("desk-span .thrown").nth(1)).containsText("1 frame, 3 cut");
        assertThat(page.locator("desk-span .links")).containsText("orders");
        assertThat(page.locator("desk-span .raw .code").nth(1)).containsText("\"spanId\": \"00000000000000aa\"");
        page.locator("desk-span .links a").click();
        assertThat(page.locator("h1")).hasText("POST /api/orders");
    }

    @Test
    void traceLeftBeforeItCame_leavesTheKeysAlone() {
        Page page = fixture.open("traces");
        assertThat(rows(page).first()).isVisible();
        List<Route> held = new ArrayList<>();
        page.route("**/page/api/trace?*", held::add);
        rows(page).first().click();
        page.waitForCondition(() -> !held.isEmpty());
        page.evaluate("location.hash = '#/map'");
        assertThat(page.locator("desk-map .node").first()).isVisible();
        page.waitForResponse("**/page/api/trace?*", held.get(0)::resume);
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        assertThat(keysOfView(page)).containsText("Closer");
    }

    @Test
    void findThatEndsElsewhere_leavesTheFocusAndTheAddress() {
        Page page = fixture.openTrace("POST /api/orders");
        List<Route> held = new ArrayList<>();
        page.route("**/page/api/find?*", held::add);
        page.keyboard().press("/");
        page.keyboard().type("UpdateItem");
        page.waitForCondition(() -> !held.isEmpty());
        page.locator("#tab-map").focus();
        page.waitForResponse("**/page/api/find?*", held.get(0)::resume);
        assertThat(page.locator(".hits")).hasText("1 match");
        assertThat(page.locator("#tab-map")).isFocused();
    }

    @Test
    void comparisonLeftBeforeItCame_leavesTheKeysAlone() {
        Page page = fixture.open("map");
        assertThat(page.locator("desk-map .node").first()).isVisible();
        List<Route> held = new ArrayList<>();
        page.route("**/page/api/trace?*", held::add);
        String id = fixture.traceNamed("POST /api/orders");
        page.evaluate("location.hash = '#/compare/" + id + "/" + id + "'");
        page.waitForCondition(() -> held.size() == 2);
        page.evaluate("location.hash = '#/map'");
        assertThat(page.locator("desk-map .node").first()).isVisible();
        held.get(0).resume();
        page.waitForResponse("**/page/api/trace?*", held.get(1)::resume);
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        assertThat(keysOfView(page)).containsText("Closer");
    }

    @Test
    void traceThatIsGone_saysSoWhereverItIsAskedFor() {
        Page page = fixture.openTrace("POST /api/orders");
        for (String question : List.of("**/page/api/find?*", "**/page/api/documents?*", "**/TraceGraph")) {
            page.route(
                    question,
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setStatus(400)
                            .setBody("{\"error\":\"it is gone\",\"Message\":\"it is gone\"}")));
        }
        page.keyboard().press("/");
        page.keyboard().type("stock");
        assertThat(page.locator(".hits")).hasText("it is gone");
        page.locator("details.menu > summary").click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("X-Ray JSON"))
                .click();
        assertThat(page.locator(".toast.bad")).containsText("it is gone");
        page.locator("#tab-map").click();
        assertThat(page.locator("desk-map .empty")).hasText("it is gone");
    }

    @Test
    void link_isCopiedWhereThereIsNoClipboard() {
        Page page = fixture.open("traces");
        page.context()
                .addInitScript("Object.defineProperty(navigator, 'clipboard', { value: undefined });"
                        + "addEventListener('copy', () => { window.copied = document.activeElement.value; })");
        page.reload();
        page.evaluate("location.hash = '#/trace/" + fixture.traceNamed("POST /api/orders") + "'");
        assertThat(spans(page).first()).isVisible();
        page.locator("details.menu > summary").click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Copy link"))
                .click();
        page.waitForFunction("() => window.copied === location.href");
        assertThat(page).hasURL(Pattern.compile("#/trace/"));
    }
}
