package io.spanloom.desk.page;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Takes the pictures of {@code docs/desk}: each view, light and dark. By its name no test; run by hand:
 *
 * <pre>{@code mvn -q -pl tracing-desk -Dquick test -Dtest=PagePictures}</pre>
 */
class PagePictures {
    private static final List<String> VIEWS = List.of(
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

    @Test
    void everyView_isPictured() throws IOException, InterruptedException {
        Path folder = Path.of("../docs/desk");
        try (PageFixture fixture = PageFixture.with(420)) {
            furnish(fixture);
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                for (String view : VIEWS) {
                    Page page = fixture.open(address(fixture, view), scheme);
                    settle(page, view);
                    prepare(page, view);
                    String name = view.replace("trace?view=", "trace-") + "-"
                            + scheme.name().toLowerCase(Locale.ROOT) + ".png";
                    page.setViewportSize(view.equals("traces") ? 1100 : 1240, view.equals("traces") ? 640 : 760);
                    page.waitForTimeout(300);
                    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name)));
                    page.context().close();
                }
            }
        }
    }

    /** Rules with reports, and groups. */
    private static void furnish(PageFixture fixture) {
        Page page = fixture.open("why");
        page.evaluate("""
                async () => {
                  const call = (path, body) => fetch(path, { method: 'POST', body: JSON.stringify(body) });
                  const any = { ServiceName: '*', ServiceType: '*', Host: '*', HTTPMethod: '*', URLPath: '*', ResourceARN: '*', Version: 1 };
                  await call('/CreateSamplingRule', { SamplingRule: { ...any, RuleName: 'health', Priority: 10, FixedRate: 0, ReservoirSize: 0, URLPath: '/api/health' } });
                  await call('/CreateSamplingRule', { SamplingRule: { ...any, RuleName: 'orders', Priority: 20, FixedRate: 1, ReservoirSize: 5, ServiceName: 'checkout', HTTPMethod: 'POST' } });
                  const report = (RuleName, RequestCount, SampledCount) => ({ RuleName, RequestCount, SampledCount, BorrowCount: 0, ClientID: 'abcdefabcdefabcdefabcdef', Timestamp: Date.now() / 1000 });
                  await call('/SamplingTargets', { SamplingStatisticsDocuments: [report('health', 5400, 0), report('orders', 240, 240), report('Default', 3120, 468)] });
                  await call('/CreateGroup', { GroupName: 'orders', FilterExpression: 'service("checkout") { root }' });
                  await call('/CreateGroup', { GroupName: 'slow-or-broken', FilterExpression: 'duration > 0.5 OR fault' });
                }""");
        page.context().close();
    }

    /** A view's name as what stands behind the # of its address. */
    static String address(PageFixture fixture, String view) {
        String fault = fixture.traceNamed("GET /api/activities/home");
        String order = fixture.traceNamed("POST /api/orders");
        if (view.equals("trace")) {
            return "trace/" + fault;
        }
        if (view.equals("compare")) {
            var orders = fixture.desk.traces().stream()
                    .filter(trace -> trace.spans().get(0).name().equals("POST /api/orders"))
                    .toList();
            return "compare/" + orders.get(0).traceId() + "/" + orders.get(1).traceId();
        }
        return view.replace("trace?", "trace/" + order + "?");
    }

    /** Waits until what the view shows is there. */
    static void settle(Page page, String view) {
        String shown = switch (view) {
            case "traces" -> "desk-trace-table .virtual .row";
            case "trace" -> "desk-waterfall .virtual .row";
            case "trace?view=flame" -> "desk-flame canvas";
            case "trace?view=map", "map" -> "desk-map .node";
            case "trace?view=times" -> ".times td";
            case "compare" -> ".compare .row";
            case "sampling", "groups" -> "tbody td";
            case "inbox" -> ".card-list";
            default -> ".steps li";
        };
        page.locator(shown).first().waitFor(new Locator.WaitForOptions().setTimeout(30_000));
        page.waitForLoadState();
    }

    private static void prepare(Page page, String view) {
        if (view.equals("trace")) {
            page.locator("desk-waterfall .virtual .row")
                    .filter(new Locator.FilterOptions().setHasText("HomeActivities.run"))
                    .click();
            page.locator("desk-span .thrown").first().waitFor();
        }
        if (view.equals("inbox")) {
            page.evaluate(
                    "fetch('/TraceSegments', { method: 'POST', body: JSON.stringify({ TraceSegmentDocuments: ['{\"id\":1}', '{\"id\":', '[]'] }) })");
            page.locator("tbody td").first().waitFor();
        }
        // Colours and bars fade in.
        page.waitForTimeout(500);
    }
}
