package io.spanloom.desk.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.spanloom.desk.TraceDesk;
import java.io.IOException;
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

    Page open(String view) {
        return open(view, ColorScheme.LIGHT);
    }

    Page open(String view, ColorScheme scheme) {
        Page page = browser.page(scheme, WIDTH, HEIGHT);
        page.navigate(address() + "/#/" + view);
        return page;
    }

    @Override
    public void close() {
        desk.close();
        browser.close();
    }
}
