package io.spanloom.desk.page;

import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import io.spanloom.desk.filter.FilterException;
import io.spanloom.desk.summary.HeldTrace;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What has come since the last look, as server-sent events. Each reader has a thread that looks into the store four times a
 * second and writes; there is no queue. So a reader that is slow gets fewer and later looks and takes no memory, and what
 * came in between is in the next one.
 */
final class LiveStream implements Closeable {
    /** Browsers open six connections to a host; a few windows. */
    private static final int MAX_READERS = 24;

    private static final long TICK_MILLIS = 250;

    /** More than this in a tick nobody reads. They are counted, and in the list when it is asked for the next time. */
    private static final int MAX_ROWS = 200;

    /** Something is said at least this often, so that a reader that is gone is noticed. */
    private static final int TICKS_OF_SILENCE = 8;

    /** As any request has, a message is cut where its reader does not take it in time. */
    private static final int WRITE_SECONDS = 30;

    private final PageSource source;
    private final Semaphore places = new Semaphore(MAX_READERS);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "desk-live");
        thread.setDaemon(true);
        return thread;
    });

    /** Ends the stream of a reader that does not read: an interrupt closes its channel. */
    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "desk-live-watch");
        thread.setDaemon(true);
        return thread;
    });

    LiveStream(PageSource source) {
        this.source = source;
        watch.setRemoveOnCancelPolicy(true);
    }

    /** False if there are too many readers. The exchange is the stream's from here on if it answers true. */
    boolean take(HttpExchange exchange, PageQuery query) throws IOException, FilterException {
        TraceQuery wanted = TraceQuery.of(query, source);
        if (!places.tryAcquire()) {
            return false;
        }
        boolean started = false;
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            threads.execute(() -> read(exchange, new Reader(wanted, query)));
            started = true;
        } finally {
            if (!started) {
                places.release();
            }
        }
        return true;
    }

    private void read(HttpExchange exchange, Reader reader) {
        try (exchange) {
            reader.run(exchange.getResponseBody());
        } catch (IOException | RejectedExecutionException e) {
            // The reader has gone, or the desk ends: that is how a stream ends.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        threads.shutdownNow();
    }

    private final class Reader {
        private final TraceQuery wanted;

        /** The newest update that has been seen, epoch milliseconds, and the revisions of the traces of that moment. */
        private long seen;

        private Map<Long, Integer> seenThen = new HashMap<>();

        /** The highest sequence that the reader knows of: what is beyond it is new, the rest has got more spans. */
        private long newest;

        private int silence;

        Reader(TraceQuery wanted, PageQuery query) {
            this.wanted = wanted;
            this.seen = (long) query.number("since", 0);
            this.newest = (long) query.number("newest", 0);
        }

        void run(OutputStream out) throws IOException, InterruptedException {
            while (!Thread.currentThread().isInterrupted()) {
                List<HeldTrace> news = news();
                if (!news.isEmpty() || silence++ % TICKS_OF_SILENCE == 0) {
                    silence = 1;
                    tell(news, out);
                }
                Thread.sleep(TICK_MILLIS);
            }
        }

        private List<HeldTrace> news() {
            List<HeldTrace> changed = new ArrayList<>();
            List<HeldTrace> ofNewest = new ArrayList<>();
            long newest = seen;
            for (HeldTrace held : source.newestFirst()) {
                long updated = held.updatedMillis();
                if (updated < seen) {
                    continue;
                }
                if (updated > newest) {
                    newest = updated;
                    ofNewest.clear();
                }
                if (updated == newest) {
                    ofNewest.add(held);
                }
                Integer known = seenThen.get(held.sequence());
                if ((known == null || known < held.revision()) && wanted.wants(held)) {
                    changed.add(held);
                }
            }
            seen = newest;
            seenThen = new HashMap<>();
            ofNewest.forEach(held -> seenThen.put(held.sequence(), held.revision()));
            return changed;
        }

        private void tell(List<HeldTrace> news, OutputStream out) throws IOException {
            news.sort(Comparator.comparingLong(HeldTrace::sequence).reversed());
            List<HeldTrace> told = news.size() > MAX_ROWS ? news.subList(0, MAX_ROWS) : news;
            byte[] json = PageJson.bytes(content -> write(content, told, untold(news)));
            newest = news.isEmpty() ? newest : Math.max(newest, news.get(0).sequence());
            Future<?> cut = watch.schedule(Thread.currentThread()::interrupt, WRITE_SECONDS, TimeUnit.SECONDS);
            try {
                out.write("data: ".getBytes(StandardCharsets.US_ASCII));
                out.write(json);
                out.write("\n\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            } finally {
                cut.cancel(false);
            }
        }

        /** Sorted by sequence. */
        private long untold(List<HeldTrace> news) {
            return news.stream()
                    .skip(MAX_ROWS)
                    .filter(held -> held.sequence() > newest)
                    .count();
        }

        private void write(JsonGenerator json, List<HeldTrace> told, long untold) throws IOException {
            json.writeArrayFieldStart("rows");
            for (HeldTrace held : told) {
                TraceRow.write(json, held);
            }
            json.writeEndArray();
            json.writeNumberField("untold", untold);
            json.writeNumberField("now", System.currentTimeMillis());
            DeskStatus.write(json, source);
        }
    }
}
