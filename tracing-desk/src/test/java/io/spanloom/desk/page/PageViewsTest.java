package io.spanloom.desk.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.spanloom.desk.page.PageFixture.rows;
import static io.spanloom.desk.page.PageFixture.spans;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageViewsTest {
    private static final int TRACES = 84;

    private static PageFixture fixture;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        fixture = PageFixture.with(TRACES);
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
    void traces_listNewestFirst() {
        Page page = fixture.open("traces");
        assertThat(rows(page).first()).containsText("GET /api/activities/home");
        assertThat(page.locator("header .found")).containsText(Pattern.compile("\\d+"));
        assertThat(page.locator("desk-trace-table .heads [aria-sort=descending]"))
                .hasText("Time");
    }

    @Test
    void newTrace_appearsByItself() throws IOException, InterruptedException {
        try (PageFixture own = PageFixture.empty()) {
            Page page = own.open("traces");
            assertThat(page.getByText("Waiting for the first trace")).isVisible();
            own.send(new SampleTraces(System.currentTimeMillis() / 1000.0).some(1));
            assertThat(rows(page).first()).containsText("GET /api/activities/home");
        }
    }

    @Test
    void pausedList_countsWhatComes() throws IOException, InterruptedException {
        try (PageFixture own = PageFixture.with(3)) {
            Page page = own.open("traces");
            assertThat(rows(page)).hasCount(3);
            page.keyboard().press("p");
            assertThat(page.locator("button.live")).containsText("Paused");
            // The stream must stand before something comes that it is to count.
            own.send(new SampleTraces(System.currentTimeMillis() / 1000.0 + 1).some(2));
            assertThat(page.locator("button.live")).containsText("2 new");
            assertThat(rows(page)).hasCount(3);
            page.keyboard().press("p");
            assertThat(rows(page)).hasCount(5);
        }
    }

    @Test
    void wrongFilter_isShownAtItsPlace() {
        Page page = fixture.open("traces");
        page.locator("#filter").fill("responsetime > fast");
        assertThat(page.locator("pre.caret"))
                .hasText("responsetime > fast\n               ^ expected a number, found fast (column 16)");
    }

    @Test
    void filter_narrowsTheListAndStaysInTheAddress() {
        Page page = fixture.open("traces");
        page.locator("#filter").fill("service(\"checkout\")");
        page.locator("#filter").press("Enter");
        assertThat(rows(page).first()).containsText("POST /api/orders");
        assertThat(page.locator("header .found")).containsText("found");
        page.reload();
        assertThat(page.locator("#filter")).hasValue("service(\"checkout\")");
        assertThat(rows(page).first()).containsText("POST /api/orders");
    }

    @Test
    void names_areCompleted() {
        Page page = fixture.open("traces");
        page.locator("#filter").pressSequentially("service(\"che");
        assertThat(page.locator("#filter-words li").first()).containsText("checkout");
        page.keyboard().press("Tab");
        assertThat(page.locator("#filter")).hasValue("service(\"checkout");
    }

    @Test
    void columnHead_sorts() {
        Page page = fixture.open("traces");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Spans"))
                .click();
        assertThat(rows(page).first()).containsText("POST /api/orders");
        assertThat(page).hasURL(Pattern.compile("sort=spans"));
    }

    @Test
    void brushedPiece_narrowsTheList() {
        Page page = fixture.open("traces");
        assertThat(rows(page).first()).isVisible();
        var box = page.locator("desk-latency canvas").boundingBox();
        page.mouse().move(box.x + 200, box.y + 12);
        page.mouse().down();
        page.mouse().move(box.x + 600, box.y + 120);
        page.mouse().up();
        assertThat(page).hasURL(Pattern.compile("from=.*to=|to=.*from="));
        assertThat(page.locator(".chip.on")).hasCount(2);
    }

    @Test
    void waterfall_showsTheTreeAndTheFault() {
        Page page = fixture.openTrace("GET /api/activities/home");
        assertThat(spans(page)).hasCount(6);
        page.keyboard().press("e");
        assertThat(page.locator("desk-span h2")).containsText("GET /api/activities/home");
        page.keyboard().press("e");
        assertThat(page.locator("desk-span h2")).containsText("HomeActivities.run");
    }

    @Test
    void exception_hasItsChainAndStack() {
        Page page = fixture.openTrace("GET /api/activities/home");
        spans(page)
                .filter(new Locator.FilterOptions().setHasText("HomeActivities.run"))
                .click();
        Locator panel = page.locator("desk-span");
        assertThat(panel).containsText("java.lang.IllegalStateException");
        assertThat(panel).containsText("caused by java.sql.SQLTransientConnectionException");
        assertThat(panel).containsText("io.cruddur.HomeActivities.run");
        assertThat(panel).containsText("HomeActivities.java:42");
    }

    @Test
    void panel_hasSqlIdsAndBothForms() {
        Page page = fixture.openTrace("GET /api/activities/home");
        spans(page)
                .filter(new Locator.FilterOptions().setHasText("cruddur@db.internal"))
                .click();
        Locator panel = page.locator("desk-span");
        assertThat(panel).containsText("SELECT a.uuid");
        assertThat(panel).containsText(Pattern.compile("1-[0-9a-f]{8}-[0-9a-f]{24}"));
        assertThat(panel.locator(".raw")).containsText("\"sanitized_query\"");
        assertThat(panel.locator(".raw")).containsText("db.query.text");
    }

    @Test
    void collapsedLevel_hidesWhatIsBelow() {
        Page page = fixture.openTrace("POST /api/orders");
        assertThat(spans(page)).hasCount(9);
        page.keyboard().press("1");
        assertThat(spans(page)).hasCount(5);
        page.keyboard().press("]");
        assertThat(spans(page)).hasCount(9);
    }

    @Test
    void find_looksIntoValuesAndKeepsAncestors() {
        Page page = fixture.openTrace("POST /api/orders");
        page.keyboard().press("/");
        page.keyboard().type("UpdateItem");
        assertThat(page.locator(".hits")).hasText("1 match");
        page.getByText("matches only").click();
        assertThat(spans(page)).hasCount(4);
        assertThat(spans(page).first()).containsText("POST /api/orders");
    }

    @Test
    void warnings_areSaid() {
        Page page = fixture.openTrace("POST /api/orders");
        assertThat(page.locator(".warnings")).containsText("clock skew");
        assertThat(page.locator(".warnings")).containsText("looks secret");
        assertThat(page.locator(".warnings")).containsText("for X-Ray");
        page.locator("#main").press("Escape");
    }

    @Test
    void traceInProgress_saysSo() {
        Page page = fixture.openTrace("nightly report");
        assertThat(page.locator(".warnings")).containsText("in progress");
    }

    @Test
    void secretValue_isMarked() {
        Page page = fixture.openTrace("POST /api/orders");
        spans(page).filter(new Locator.FilterOptions().setHasText("secret?")).click();
        assertThat(page.locator("desk-span mark.secret")).hasText("4111 1111 1111 1111");
    }

    @Test
    void samplingRule_isTold() {
        Page page = fixture.openTrace("POST /api/orders");
        spans(page).first().click();
        assertThat(page.locator("desk-span")).containsText("Decided by rule Default.");
    }

    @Test
    void flameMapAndTimes_showTheTrace() {
        Page page = fixture.openTrace("POST /api/orders");
        page.keyboard().press("f");
        page.locator("desk-flame").focus();
        page.keyboard().press("ArrowDown");
        assertThat(page.locator("desk-span h2")).containsText("validate");
        page.locator("#tab-map").click();
        assertThat(page.locator("desk-map .node")).hasCount(6);
        page.locator("#tab-times").click();
        assertThat(page.locator(".times tbody tr")).hasCount(3);
    }

    @Test
    void lateSpan_isShownAndSaid() throws IOException, InterruptedException {
        Page page = fixture.openTrace("GET /api/health");
        assertThat(spans(page)).hasCount(1);
        String id = fixture.traceNamed("GET /api/health");
        var root = fixture.desk.traces().stream()
                .filter(trace -> trace.traceId().equals(id))
                .findFirst()
                .orElseThrow();
        String parent = root.spans().get(0).id();
        long second = root.spans().get(0).start().getEpochSecond();
        fixture.send(List.of("{\"id\":\"00000000000000aa\",\"trace_id\":\"" + root.xrayId() + "\",\"parent_id\":\""
                + parent + "\",\"type\":\"subsegment\",\"name\":\"afterwards\",\"start_time\":" + second
                + ",\"end_time\":" + second + ".001}"));
        assertThat(spans(page)).hasCount(2);
        assertThat(page.locator(".warnings")).containsText("late");
    }

    @Test
    void twoMarkedTraces_areCompared() {
        Page page = fixture.open("traces?filter=" + encoded("service(\"checkout\")"));
        assertThat(rows(page).first()).isVisible();
        page.keyboard().press("j");
        page.keyboard().press("m");
        page.keyboard().press("j");
        page.keyboard().press("m");
        page.keyboard().press("c");
        assertThat(page.locator(".compare .found")).containsText("0 new, 0 gone");
        assertThat(page.locator(".compare .row").first()).containsText("POST /api/orders");
    }

    @Test
    void sharedFile_isWholeAndComesBack() throws IOException {
        Page page = fixture.openTrace("GET /api/activities/home");
        String html = downloaded(page, "One HTML file");
        assertThat(html)
                .contains("HomeActivities.run")
                .contains("spanloom-documents")
                .doesNotContain("<script");
        Page opened = fixture.browser.page(com.microsoft.playwright.options.ColorScheme.LIGHT, 1000, 800);
        opened.setContent(html);
        assertThat(opened.locator("li")).hasCount(6);
        try (PageFixture other = PageFixture.empty()) {
            Page target = other.open("traces");
            importFile(target, "trace.html", html);
            assertThat(rows(target).first()).containsText("GET /api/activities/home");
        }
    }

    @Test
    void exportedFiles_comeBack() throws IOException {
        Page page = fixture.openTrace("POST /api/orders");
        String segments = downloaded(page, "X-Ray JSON");
        String otlp = downloaded(page, "OTLP JSON");
        for (String text : List.of(segments, otlp)) {
            try (PageFixture other = PageFixture.empty()) {
                Page target = other.open("traces");
                importFile(target, "trace.json", text);
                rows(target).first().click();
                assertThat(spans(target)).hasCount(9);
                assertThat(spans(target).first()).containsText("POST /api/orders");
            }
        }
    }

    @Test
    void map_showsServicesAndLeadsToTheirTraces() {
        Page page = fixture.open("map");
        Locator payments = page.locator("desk-map .node").filter(new Locator.FilterOptions().setHasText("payments"));
        assertThat(payments).containsText("p95");
        payments.click();
        assertThat(page).hasURL(Pattern.compile("#/traces\\?filter=service"));
        assertThat(rows(page).first()).containsText("POST /api/orders");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 60})
    void mapOfServices_hasNoBoxUponAnother(int services) throws IOException, InterruptedException {
        try (PageFixture own = PageFixture.empty()) {
            own.send(new SampleTraces(System.currentTimeMillis() / 1000.0).mesh(services));
            Page page = own.open("map");
            assertThat(page.locator("desk-map .node").first()).isVisible();
            Object upon = page.evaluate("""
                    () => {
                      const boxes = [...document.querySelectorAll('desk-map .node .card')].map(one => one.getBoundingClientRect());
                      let upon = 0;
                      boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
                        if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) upon++;
                      }));
                      return [boxes.length, upon];
                    }""");
            assertThat(((Number) ((List<?>) upon).get(0)).intValue()).isGreaterThanOrEqualTo(services);
            assertThat(((Number) ((List<?>) upon).get(1)).intValue()).isZero();
        }
    }

    @Test
    void samplingRule_isMadeChangedAndDeleted() {
        Page page = fixture.open("sampling");
        page.onDialog(dialog -> dialog.accept());
        page.locator("header button.primary").click();
        page.locator("dialog").getByLabel("RuleName").fill("polling");
        page.locator("dialog").getByLabel("FixedRate").fill("2");
        page.locator("dialog button.primary").click();
        assertThat(page.locator("dialog .say")).containsText("FixedRate");
        page.locator("dialog").getByLabel("FixedRate").fill("0.25");
        page.locator("dialog button.primary").click();
        Locator rate = page.getByLabel("FixedRate of polling");
        assertThat(rate).hasValue("0.25");
        rate.fill("0.5");
        rate.press("Enter");
        page.reload();
        assertThat(page.getByLabel("FixedRate of polling")).hasValue("0.5");
        page.locator("tr[data-rule=polling]").getByText("Delete").click();
        assertThat(page.locator("tr[data-rule=polling]")).hasCount(0);
    }

    @Test
    void group_isMadeAndFilters() {
        Page page = fixture.open("groups");
        page.onDialog(dialog -> dialog.accept());
        page.getByPlaceholder("slow-orders").fill("orders");
        page.locator("#filter").fill("service(\"checkout\")");
        page.locator("button.primary").click();
        Locator row = page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("orders"));
        row.locator("a[href*='#/traces']").click();
        assertThat(page.locator("#filter")).hasValue("group.name = \"orders\"");
        assertThat(rows(page).first()).containsText("POST /api/orders");
    }

    @Test
    void rejectedData_isInTheInbox() throws IOException, InterruptedException {
        try (PageFixture own = PageFixture.empty()) {
            Page page = own.open("inbox");
            assertThat(page.getByText("Nothing has been rejected.")).isVisible();
            page.evaluate(
                    "fetch('/TraceSegments', { method: 'POST', body: JSON.stringify({ TraceSegmentDocuments: ['{\"id\":1}'] }) })");
            assertThat(page.locator("tbody")).containsText("trace id missing or malformed");
            assertThat(page.locator(".badge")).hasText("1");
        }
    }

    @Test
    void missingTrace_isExplained() {
        Page page = fixture.open("why");
        page.getByLabel("Trace id").fill("Root=1-6b014935-7ad1c6780862287cab74ea3d;Parent=53995c3f42cd8ad8;Sampled=0");
        page.locator("button.primary").click();
        assertThat(page.locator(".say")).containsText("not sampled");
        page.getByLabel("Trace id").fill(fixture.traceNamed("POST /api/orders"));
        page.locator("button.primary").click();
        assertThat(page.locator("desk-waterfall")).isVisible();
    }

    // --- what tests do often

    private static String downloaded(Page page, String item) throws IOException {
        page.locator("details.menu > summary").click();
        Download download =
                page.waitForDownload(() -> page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(item))
                        .click());
        return Files.readString(download.path());
    }

    private static void importFile(Page page, String name, String text) {
        var chooser = page.waitForFileChooser(() -> page.getByText("Import").click());
        chooser.setFiles(new FilePayload(name, "application/json", text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
