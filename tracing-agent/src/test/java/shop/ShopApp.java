package shop;

import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.MemorySpan;
import java.util.List;
import java.util.TreeMap;

/** Calls {@link Foreigner} and {@link Stock}, and prints each span as it ends. */
public final class ShopApp {

    private ShopApp() {}

    /** @param args {@code install}: by the weaver itself; {@code explain}: what it says of the classes */
    public static void main(String[] args) throws Exception {
        List<String> orders = List.of(args);
        if (orders.contains("install")) {
            Weaving.install();
        }
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .service("shop")
                .backend("printing")
                .provider(new Printing())
                .build());
        Foreigner foreigner = new Foreigner();
        foreigner.plain("o-1", 2);
        try {
            Foreigner.fails();
        } catch (IllegalStateException expected) {
            System.out.println("thrown: " + expected.getMessage());
        }
        try (Span root = Tracing.span("root")) {
            foreigner.counted();
            foreigner.handled();
            foreigner.custom();
            foreigner.goOn("two");
        }
        foreigner.observed();
        foreigner.unnamed();
        foreigner.chargeCard("visa");
        foreigner.goOn("one");
        Stock stock = new Stock();
        Stock.Item item = stock.take(new Stock.Item("sku-1", 5), 2);
        stock.refill(item);
        System.out.println("left: " + stock.getAll());
        if (orders.contains("explain")) {
            Weaving.explain(Foreigner.class, Stock.class);
        }
    }

    private static final class Printing implements BackendProvider {
        @Override
        public String name() {
            return "printing";
        }

        @Override
        public Backend create(TracingConfig config) {
            return new MemoryBackend(name(), config.sampler(), Printing::print);
        }

        private static void print(MemorySpan span) {
            System.out.println("span " + span.name() + " " + span.description().kind() + " " + span.outcome() + " "
                    + (span.parentSpanId() == null ? "root" : "child") + " " + new TreeMap<>(span.annotations()) + " "
                    + new TreeMap<>(span.metadata()));
        }
    }
}
