package io.spanloom.desk.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Markup and scripts in everything that a traced program can say: none of it runs, all of it is shown as it is. */
class PageHostileTextTest {
    private static final List<String> CORPUS = List.of(
            "<script>window.ran=1</script>",
            "<img src=x onerror=window.ran=1>",
            "<svg onload=window.ran=1>",
            "<svg><script>window.ran=1</script></svg>",
            "\"><script>window.ran=1</script>",
            "'><img src=x onerror=window.ran=1>",
            "</title><script>window.ran=1</script>",
            "</textarea><script>window.ran=1</script>",
            "</pre><img src=x onerror=window.ran=1>",
            "</style><script>window.ran=1</script>",
            "<iframe srcdoc='<script>parent.ran=1</script>'>",
            "<iframe src=javascript:parent.ran=1>",
            "javascript:window.ran=1",
            "data:text/html,<script>window.ran=1</script>",
            "<a href=javascript:window.ran=1>x</a>",
            "<details open ontoggle=window.ran=1>",
            "<body onload=window.ran=1>",
            "<input autofocus onfocus=window.ran=1>",
            "<math><mtext><table><mglyph><style><img src=x onerror=window.ran=1>",
            "{{constructor.constructor('window.ran=1')()}}",
            "${window.ran=1}",
            "`;window.ran=1;//",
            "';window.ran=1;//",
            "\\u003cscript\\u003ewindow.ran=1\\u003c/script\\u003e",
            "&lt;script&gt;window.ran=1&lt;/script&gt;",
            "<!--><script>window.ran=1</script>",
            "<template><script>window.ran=1</script></template>",
            "<base href=http://127.0.0.1:9/>",
            "<link rel=stylesheet href=http://127.0.0.1:9/x.css>",
            "<meta http-equiv=refresh content='0;url=javascript:window.ran=1'>",
            "\u202e<script>window.ran=1</script>",
            "__proto__");

    private static PageFixture fixture;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        fixture = PageFixture.empty();
        List<String> documents = new ArrayList<>();
        double now = System.currentTimeMillis() / 1000.0;
        for (int i = 0; i < CORPUS.size(); i++) {
            documents.add(document(CORPUS.get(i), now - i, i));
        }
        fixture.send(documents);
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

    private static String document(String hostile, double start, int number) {
        String text = SampleTraces.quoted(hostile);
        String times =
                String.format(java.util.Locale.ROOT, "\"start_time\":%.3f,\"end_time\":%.3f", start, start + 0.5);
        return "{\"trace_id\":\"1-" + String.format("%08x-%024x", (long) start, number + 1) + "\",\"id\":\""
                + String.format("%016x", number + 1) + "\",\"name\":" + text + "," + times
                + ",\"fault\":true,\"user\":" + text + ",\"origin\":" + text + ",\"annotations\":{" + text + ":" + text
                + "},\"metadata\":{" + text + ":{" + text + ":[" + text + ",{" + text + ":" + text + "}]}}"
                + ",\"http\":{\"request\":{\"method\":" + text + ",\"url\":" + text + ",\"user_agent\":" + text
                + ",\"client_ip\":" + text + "},\"response\":{\"status\":200}}"
                + ",\"aws\":{\"operation\":" + text + ",\"xray\":{\"sampling_rule_name\":" + text + "}}"
                + ",\"cause\":{\"exceptions\":[{\"id\":\"1\",\"type\":" + text + ",\"message\":" + text
                + ",\"stack\":[{\"path\":" + text + ",\"line\":1,\"label\":" + text + "}]}]}"
                + ",\"subsegments\":[{\"id\":\"" + String.format("%016x", number + 1001) + "\",\"name\":" + text
                + ",\"namespace\":\"remote\"," + times + ",\"sql\":{\"sanitized_query\":" + text + ",\"url\":" + text
                + "}}]}";
    }

    @Test
    void list_runsNothing() {
        Page page = fixture.open("traces");
        assertThat(page.locator("desk-trace-table .virtual .row:visible").first())
                .isVisible();
        for (int i = 0; i < CORPUS.size(); i += 10) {
            page.evaluate("at => document.querySelector('desk-trace-table .scroller').scrollTop = at", i * 34);
            assertThat(page.locator("desk-trace-table .virtual .row[aria-rowindex='" + (i + 2) + "']"))
                    .isVisible();
        }
        page.locator("#filter").pressSequentially("service(\"");
        assertThat(page.locator("#filter-words li").first()).isVisible();
        nothingRan(page);
    }

    @Test
    void spans_runNothing() {
        Page page = fixture.open("traces");
        for (var trace : fixture.desk.traces()) {
            page.navigate(fixture.address() + "/#/trace/" + trace.traceId() + "?span="
                    + trace.spans().get(0).id());
            assertThat(page.locator("desk-span h2"))
                    .hasText(trace.spans().get(0).name());
            page.keyboard().press("ArrowDown");
            assertThat(page.locator("desk-span .code").first()).isVisible();
            page.keyboard().press("f");
            page.locator("#tab-map").click();
            page.locator("#tab-times").click();
            assertThat(page.locator(".times td").first()).isVisible();
            nothingRan(page);
        }
    }

    @Test
    void map_runsNothing() {
        Page page = fixture.open("map");
        assertThat(page.locator("desk-map .node").first()).isVisible();
        nothingRan(page);
    }

    @Test
    void groupsRulesAndImports_runNothing() {
        Page page = fixture.open("why");
        page.evaluate(
                "async texts => { for (const text of texts) {"
                        + " await fetch('/CreateSamplingRule', { method: 'POST', body: JSON.stringify({ SamplingRule: { RuleName: text.slice(0, 32), Priority: 1, FixedRate: 0, ReservoirSize: 0, ServiceName: text.slice(0, 64), ServiceType: '*', Host: '*', HTTPMethod: '*', URLPath: text.slice(0, 128), ResourceARN: '*', Version: 1 } }) });"
                        + " } }",
                CORPUS.subList(0, 20));
        page.navigate(fixture.address() + "/#/sampling");
        assertThat(page.locator("tbody tr").first()).isVisible();
        nothingRan(page);
    }

    @Test
    void sharedFile_runsNothing() throws IOException {
        Page page = fixture.open("traces");
        for (var trace : fixture.desk.traces().subList(0, 6)) {
            page.navigate(fixture.address() + "/#/trace/" + trace.traceId());
            assertThat(page.locator("desk-waterfall .virtual .row:visible").first())
                    .containsText(trace.spans().get(0).name());
            page.locator("details.menu > summary").click();
            var download =
                    page.waitForDownload(() -> page.getByText("One HTML file").click());
            Page opened = fixture.browser.page(com.microsoft.playwright.options.ColorScheme.LIGHT, 800, 600);
            opened.setContent(Files.readString(download.path()));
            assertThat(opened.locator("li").first()).isVisible();
            nothingRan(opened);
        }
    }

    private static void nothingRan(Page page) {
        assertThat(page.evaluate("() => window.ran")).isNull();
        assertThat(((Number)
                                page.evaluate(
                                        "() => document.querySelectorAll('desk-app script, desk-app iframe, desk-app img, desk-app object, li script').length"))
                        .intValue())
                .isZero();
    }
}
