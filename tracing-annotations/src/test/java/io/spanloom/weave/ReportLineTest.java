package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.bytebuddy.jar.asm.Type;
import org.junit.jupiter.api.Test;

class ReportLineTest {

    private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(50);

    private final Ledger ledger = new Ledger();
    private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();

    private ReportLine line(long betweenNanos) {
        return new ReportLine(ledger, "test", QUIET, betweenNanos, (loader, text) -> said.add(text));
    }

    private void weave(ReportLine line, String className) {
        enter(className);
        line.woven(getClass().getClassLoader());
    }

    private void enter(String className) {
        ClassLoader loader = getClass().getClassLoader();
        SiteCode site = new SiteCode(List.of(), List.of(), List.of(), ResultTiming.AT_RETURN);
        String descriptor = Type.getMethodDescriptor(Type.VOID_TYPE);
        ledger.enter(loader, className, List.of(new MethodPlan("run", descriptor, site, 1, "", "")));
    }

    private String next() throws InterruptedException {
        return String.valueOf(said.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void weaving_isSaidOnceItIsQuiet() throws InterruptedException {
        ReportLine line = line(0);
        enter("a.One"); // before the quiet time begins, which is shorter than a busy machine may take
        weave(line, "a.Two");
        line.woven(getClass().getClassLoader());
        assertThat(next()).isEqualTo("woven 2 methods in 2 classes (test)");
        assertThat(said).isEmpty();
    }

    @Test
    void laterWeaving_isSaidAgainWithTheTotal() throws InterruptedException {
        ReportLine line = line(0);
        weave(line, "a.One");
        assertThat(next()).isEqualTo("woven 1 method in 1 class (test)");
        weave(line, "a.Two");
        assertThat(next()).isEqualTo("woven 2 methods in 2 classes (test)");
    }

    @Test
    void lineWithinTheInterval_waitsForItsEnd() throws InterruptedException {
        ReportLine line = line(TimeUnit.MILLISECONDS.toNanos(400));
        long begun = System.nanoTime(); // before the first line is said, which may be long before this test hears of it
        weave(line, "a.One");
        assertThat(next()).startsWith("woven 1 ");
        weave(line, "a.Two");
        assertThat(next()).startsWith("woven 2 ");
        assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(400));
    }

    @Test
    void classWovenAgain_isNotSaidAgain() throws InterruptedException {
        ReportLine line = line(0);
        weave(line, "a.One");
        assertThat(next()).startsWith("woven 1 ");
        weave(line, "a.One");
        assertThat(said.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void lineThatIsClosed_saysAtOnceWhatIsLeft_andNothingMore() throws InterruptedException {
        ReportLine line = new ReportLine(
                ledger, "test", TimeUnit.HOURS.toNanos(1), TimeUnit.HOURS.toNanos(1), (loader, text) -> said.add(text));
        weave(line, "a.One");
        line.close();
        assertThat(next()).isEqualTo("woven 1 method in 1 class (test)");
        weave(line, "a.Two");
        assertThat(said.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }
}
