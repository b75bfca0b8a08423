package io.spanloom.desk.page;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.spanloom.desk.TraceDesk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** A desk with traces, and a browser that looks at its page. */
final class PageFixture implements AutoCloseable {
    static final int WIDTH = 1360;
    static final int HEIGHT = 850;

    final Browser browser;
    final TraceDesk desk;

    private PageFixture(Browser browser) {
        this.browser = browser;
        this.desk = TraceDesk.builder().quiet(Duration.ofMillis(50)).start();
    }

    /** Skips the test if there is no browser. */
    static PageFixture empty() {
        return new PageFixture(Browser.open());
    }

    static PageFixture with(int traces) throws IOException, InterruptedException {
        PageFixture fixture = empty();
        fixture.send(new SampleTraces(System.currentTimeMillis() / 1000.0).some(traces));
        return fixture;
    }

    void send(List<String> documents) throws IOException, InterruptedException {
        SampleTraces.send(address(), documents);
    }

    /** A list of resource spans, as OTLP has them in JSON. */
    void sendOtlp(String json) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + desk.otlpAddress().getPort() + "/v1/traces"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
    }

    String address() {
        return "http://127.0.0.1:" + desk.httpAddress().getPort();
    }

    /** The trace that came last of those whose entry has such a name. */
    String traceNamed(String name) {
        var traces = desk.traces();
        for (int i = traces.size() - 1; i >= 0; i--) {
            if (traces.get(i).spans().get(0).name().equals(name)) {
                return traces.get(i).traceId();
            }
        }
        throw new IllegalStateException("no trace " + name);
    }

    /** Those of the list that are in sight. */
    static Locator rows(Page page) {
        return page.locator("desk-trace-table .virtual .row:visible");
    }

    /** Those of the waterfall that are in sight. */
    static Locator spans(Page page) {
        return page.locator("desk-waterfall .virtual .row:visible");
    }

    /** What the list of keys says of the view that is shown. */
    static Locator keysOfView(Page page) {
        page.keyboard().press("?");
        return page.locator("dialog.help section").first();
    }

    Page openTrace(String name) {
        Page page = open("trace/" + traceNamed(name));
        PlaywrightAssertions.assertThat(spans(page).first()).containsText(name);
        return page;
    }

    Page open(String view) {
        return open(view, ColorScheme.LIGHT);
    }

    Page open(String view, ColorScheme scheme) {
        Page page = browser.page(scheme, WIDTH, HEIGHT);
        page.navigate(address() + "/#/" + view);
        return page;
    }

    /** Fails if a page has complained. */
    @Override
    public void close() {
        try {
            browser.closePages();
        } finally {
            desk.close();
            browser.close();
        }
    }
}
