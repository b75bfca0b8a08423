package io.spanloom.desk.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.spanloom.desk.page.PageFixture.rows;
import static io.spanloom.desk.page.PageFixture.spans;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page without a mouse. */
class PageKeyboardTest {
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

    @Test
    void listToSpanAndBack_withoutMouse() {
        Page page = fixture.open("traces");
        assertThat(page.locator("desk-trace-table .virtual .row:visible").first())
                .isVisible();
        page.keyboard().press("/");
        page.keyboard().type("service(\"checkout\")");
        page.keyboard().press("Escape");
        page.keyboard().press("Enter");
        assertThat(page.locator("header .found")).containsText("found");
        page.keyboard().press("Escape");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        assertThat(page.locator("desk-waterfall .row:visible").first()).isVisible();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        assertThat(page.locator("desk-span h2")).containsText("stock");
        page.keyboard().press("ArrowLeft");
        assertThat(page.locator("desk-waterfall [aria-expanded=false]")).hasCount(1);
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Enter");
        assertThat(page.locator("desk-span")).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator("desk-span")).isHidden();
        assertThat(spans(page).first()).isVisible();
        page.keyboard().press("Escape");
        assertThat(page).hasURL(Pattern.compile("#/traces"));
        assertThat(rows(page).first()).isVisible();
    }

    @Test
    void enterOnALink_opensTheLinkAndNotTheChosenTrace() {
        Page page = fixture.open("traces");
        assertThat(rows(page).first()).isVisible();
        page.keyboard().press("j");
        page.locator("nav.rail a[href='#/map']").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText("Service map");
    }

    @Test
    void enterOnAButton_pressesIt() {
        Page page = fixture.open("traces");
        assertThat(rows(page).first()).isVisible();
        page.keyboard().press("j");
        page.locator("button.live").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("button.live")).containsText("Paused");
    }

    @Test
    void everyView_isReachedByTwoKeys() {
        Page page = fixture.open("traces");
        String[][] views = {
            {"m", "Service map"},
            {"s", "Sampling"},
            {"g", "Groups"},
            {"i", "Inbox of rejected data"},
            {"w", "Why is there no trace?"},
            {"t", "Traces"}
        };
        for (String[] view : views) {
            page.keyboard().press("g");
            page.keyboard().press(view[0]);
            assertThat(page.locator("h1")).hasText(view[1]);
        }
    }

    @Test
    void questionMark_listsTheKeys() {
        Page page = fixture.open("trace/" + fixture.traceNamed("POST /api/orders"));
        assertThat(page.locator("desk-waterfall .row:visible").first()).isVisible();
        page.keyboard().press("?");
        assertThat(page.locator("dialog.help")).containsText("Next error");
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog.help")).hasCount(0);
    }

    @Test
    void mapNode_opensByEnter() {
        Page page = fixture.open("map");
        page.locator("desk-map .node").nth(1).focus();
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile("#/traces\\?filter="));
    }

    @Test
    void tabs_leadThroughTheListInOrder() {
        Page page = fixture.open("traces");
        assertThat(page.locator("desk-trace-table .virtual .row:visible").first())
                .isVisible();
        page.keyboard().press("Tab");
        assertThat(page.locator(":focus")).hasText("Skip to content");
        page.keyboard().press("Enter");
        for (int i = 0; i < 30; i++) {
            page.keyboard().press("Tab");
            if ((boolean) page.evaluate("document.activeElement.getAttribute('role') === 'grid'")) {
                return;
            }
        }
        assertThat((String) page.evaluate("document.activeElement.outerHTML")).isEqualTo("the list, within 30 tabs");
    }
}
