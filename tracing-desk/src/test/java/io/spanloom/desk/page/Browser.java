package io.spanloom.desk.page;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A Chromium for the page's tests: the one that {@code tracing-desk/browser/install} has put into the user's cache folder.
 * Tests are skipped where that was not run. Nothing is downloaded here.
 */
final class Browser implements AutoCloseable {
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private static final double PATIENCE_MILLIS = 30_000;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final Path folder;

    private final List<BrowserContext> contexts = new ArrayList<>();

    /** What the pages complained about; empty for as long as all is well. */
    private final List<String> complaints = new ArrayList<>();

    private Browser(Properties installed) {
        this.folder = Path.of(installed.getProperty("driver"));
        System.setProperty("playwright.cli.dir", folder.toString());
        this.playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of(
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1",
                        "PLAYWRIGHT_NODEJS_PATH",
                        installed.getProperty("node"))));
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(installed.getProperty("chromium")))
                        .setArgs(ARGUMENTS));
    }

    /** Skips the test if there is no browser. */
    static Browser open() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        String cache = System.getenv("XDG_CACHE_HOME");
        Path home =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        Path file = home.resolve("spanloom-browser").resolve("browser.properties");
        Assumptions.assumeTrue(
                Files.isRegularFile(file),
                "no Chromium for tests here: tracing-desk/browser/install puts one in place");
        Properties installed = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            installed.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Browser(installed);
    }

    Page page(ColorScheme scheme, int width, int height) {
        BrowserContext context = browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setTimezoneId("UTC")
                .setLocale("en-GB"));
        // Other tests run beside these, on few cores.
        context.setDefaultTimeout(PATIENCE_MILLIS);
        contexts.add(context);
        Page page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            // What the desk refuses or does not have is an answer, and the browser reports each.
            boolean answer =
                    message.location().contains("/page/api/") || message.text().contains("400 (Bad Request)");
            if (message.type().equals("error") && !answer) {
                complaints.add(message.text());
            }
        });
        return page;
    }

    /** The rules of accessibility, as a script to run in a page. */
    String axe() {
        try {
            return Files.readString(folder.resolve("axe.min.js"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pages go on asking for as long as they are open. Fails if one has complained. */
    void closePages() {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
        List<String> said = List.copyOf(complaints);
        complaints.clear();
        Assertions.assertThat(said).as("complaints of the pages").isEmpty();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
