package io.spanloom.e2e;

import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The code of docs/context.md, compiled. {@link SnippetsTest} holds them together. */
@SuppressWarnings({"unused", "try"})
final class ContextSnippets {

    record Item(String id) {}

    interface Shop {
        List<Item> load();

        Item price(Item item);

        void poll();

        void flush();

        void show(List<Item> items);

        void fetch(Runnable done);
    }

    static void executors(Shop shop, ExecutorService executor, ScheduledExecutorService executorOfTimes) {
        ExecutorService pool = Tracing.wrap(executor);
        pool.submit(shop::load);

        ScheduledExecutorService scheduler = Tracing.wrap(executorOfTimes);
        scheduler.schedule(shop::poll, 1, TimeUnit.SECONDS);

        if (Tracing.unwrap(pool) instanceof ThreadPoolExecutor threads) {
            threads.setMaximumPoolSize(16);
        }
    }

    static void tasks(Shop shop, ExecutorService pool, Timer timer) {
        pool.submit(Tracing.wrapCallable(shop::load));

        new Thread(Tracing.wrap(shop::poll)).start();

        ThreadFactory threads = Tracing.wrapThreadFactory(Executors.defaultThreadFactory());

        timer.schedule(Tracing.wrapTimerTask(shop::flush), 1_000);
    }

    static void futures(Shop shop, ExecutorService pool) {
        CompletableFuture.supplyAsync(Tracing.wrapSupplier(shop::load), pool);

        Tracing.wrapFuture(CompletableFuture.supplyAsync(Tracing.wrapSupplier(shop::load), pool))
                .thenApply(items -> Tracing.call("count", span -> items.size()))
                .thenAcceptAsync(count -> Tracing.current().annotation("items", count));
    }

    @SuppressWarnings("ReturnValueIgnored") // the page shows the call alone
    static void streams(Shop shop, List<Item> items) {
        items.parallelStream().map(Tracing.wrapFunction(shop::price)).toList();
    }

    static final class Sum extends RecursiveTask<Long> {
        private static final long serialVersionUID = 1;

        private final transient TraceContext context = Tracing.capture();
        private final int from;
        private final int to;

        Sum(int from, int to) {
            this.from = from;
            this.to = to;
        }

        @Override
        protected Long compute() {
            return context.get(this::sum);
        }

        private long sum() {
            if (to - from < 1_000) {
                return Tracing.call("sum", span -> (long) (to - from));
            }
            int middle = (from + to) >>> 1;
            Sum left = new Sum(from, middle);
            left.fork();
            return new Sum(middle, to).compute() + left.join();
        }
    }

    static void forkJoin(ForkJoinPool pool) {
        pool.invoke(new Sum(0, 1_000_000));
    }

    static void byHand(Shop shop) {
        TraceContext context = Tracing.capture();
        shop.fetch(() -> {
            try (Scope scope = context.activate()) {
                shop.poll();
            }
        });

        Span span = Tracing.span("fetch").detach();
        shop.fetch(() -> span.close());
    }
}
