package io.spanloom.desk.page;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * How fast the page is. By its name no test; run by hand, on a machine that does nothing else:
 *
 * <pre>{@code mvn -q -pl tracing-desk -Dquick test -Dtest=PageFigures}</pre>
 */
class PageFigures {
    private static final String FRAMES = """
            milliseconds => new Promise(done => {
              const times = []; let last = performance.now(); const end = last + milliseconds;
              const tick = now => { times.push(now - last); last = now; now < end ? requestAnimationFrame(tick) : done(times); };
              requestAnimationFrame(tick);
            })""";

    private static final String SCROLL = """
            milliseconds => new Promise(done => {
              const scroller = document.querySelector('desk-waterfall .scroller');
              const times = []; let last = performance.now(); const begin = last, end = last + milliseconds;
              const tick = now => {
                times.push(now - last); last = now;
                scroller.scrollTop = (now - begin) / milliseconds * (scroller.scrollHeight - scroller.clientHeight);
                now < end ? requestAnimationFrame(tick) : done(times);
              };
              requestAnimationFrame(tick);
            })""";

    @Test
    void largeTraces_open() throws IOException, InterruptedException {
        for (int spans : List.of(10_000, 100_000)) {
            try (PageFixture fixture = PageFixture.empty()) {
                fixture.send(new SampleTraces(System.currentTimeMillis() / 1000.0).large(spans));
                String id = fixture.desk.traces().get(0).traceId();
                Page page = fixture.browser.page(ColorScheme.LIGHT, PageFixture.WIDTH, PageFixture.HEIGHT);
                for (int round = 0; round < 4; round++) {
                    page.navigate("about:blank");
                    long begin = System.nanoTime();
                    page.navigate(fixture.address() + "/#/trace/" + id);
                    page.locator("desk-waterfall .virtual .row")
                            .first()
                            .waitFor(new Locator.WaitForOptions().setTimeout(60_000));
                    say(
                            "%,d spans: open after %d ms from an empty tab (of these %s ms question, model and building)%s",
                            spans,
                            (System.nanoTime() - begin) / 1_000_000,
                            page.evaluate(
                                    "() => new Promise(done => { const look = () => { const at = document.querySelector('desk-trace').dataset.opened; at ? done(at) : setTimeout(look, 5); }; look(); })"),
                            round == 0 ? ", first time" : "");
                }
                say("%,d spans: scrolling through all in 5 s: %s", spans, frames(page.evaluate(SCROLL, 5_000)));
                say(
                        "%,d spans: heap of the page %s MB",
                        spans, page.evaluate("() => Math.round(performance.memory.usedJSHeapSize / 1e6)"));
            }
        }
    }

    @Test
    void arrivingTraces_doNotStutter() throws IOException, InterruptedException {
        try (PageFixture fixture = PageFixture.empty()) {
            Page page = fixture.open("traces");
            say("no traces: %s", frames(page.evaluate(FRAMES, 3_000)));
            Thread sender = new Thread(() -> sendAt(fixture, 500, 20));
            sender.start();
            page.locator("desk-trace-table .virtual .row").first().waitFor();
            say("500 traces/s: %s", frames(page.evaluate(FRAMES, 15_000)));
            sender.join();
            say(
                    "held %d, shown %s",
                    fixture.desk.traces().size(), page.locator("header .found").textContent());
        }
    }

    private static void sendAt(PageFixture fixture, int perSecond, int seconds) {
        SampleTraces sample = new SampleTraces(System.currentTimeMillis() / 1000.0);
        long begin = System.nanoTime();
        try {
            for (int i = 0; i < seconds * 10; i++) {
                fixture.send(sample.some(perSecond / 10));
                long wait = begin + (i + 1) * 100_000_000L - System.nanoTime();
                if (wait > 0) {
                    Thread.sleep(wait / 1_000_000);
                }
            }
            say("sent %d traces in %d ms", perSecond * seconds, (System.nanoTime() - begin) / 1_000_000);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The browser draws 60 times a second at most: 16.7 ms is as smooth as it gets. */
    private static String frames(Object found) {
        double[] times = ((List<?>) found)
                .stream()
                        .mapToDouble(time -> ((Number) time).doubleValue())
                        .sorted()
                        .toArray();
        double sum = Arrays.stream(times).sum();
        return String.format(
                Locale.ROOT,
                "%.0f frames/s, p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, longest %.1f ms",
                times.length / sum * 1000,
                times[times.length / 2],
                times[(int) (times.length * 0.95)],
                times[(int) (times.length * 0.99)],
                times[times.length - 1]);
    }

    private static void say(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }
}
