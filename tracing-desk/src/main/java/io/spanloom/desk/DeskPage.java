package io.spanloom.desk;

import io.spanloom.desk.api.XRayApi;
import io.spanloom.desk.filter.FilterException;
import io.spanloom.desk.filter.TraceElement;
import io.spanloom.desk.page.PageSource;
import io.spanloom.desk.summary.HeldTrace;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The desk as its page sees it. */
final class DeskPage implements PageSource {
    private final TraceStore store;
    private final XRayApi api;
    private final Intake intake;
    private final Supplier<DeskCounters> counters;

    /** Known once everything listens; empty for whoever asks a moment before. */
    private volatile Map<String, String> addresses = Map.of();

    DeskPage(TraceStore store, XRayApi api, Intake intake, Supplier<DeskCounters> counters) {
        this.store = store;
        this.api = api;
        this.intake = intake;
        this.counters = counters;
    }

    void listensOn(Map<String, String> addresses) {
        this.addresses = addresses;
    }

    @Override
    public List<HeldTrace> newestFirst() {
        return store.newestFirst();
    }

    @Override
    public int held() {
        return store.size();
    }

    @Override
    public int maxTraces() {
        return store.maxTraces();
    }

    @Override
    public long maxBytes() {
        return store.maxWeight();
    }

    @Override
    public @Nullable HeldTrace find(String traceId) {
        return store.find(traceId);
    }

    @Override
    public @Nullable Trace trace(String traceId) {
        return store.trace(traceId);
    }

    @Override
    public @Nullable String digits(String traceId) {
        return TraceIds.digits(traceId);
    }

    @Override
    public Map<String, Supplier<String>> documents(String traceId) {
        Map<String, Supplier<String>> documents = new LinkedHashMap<>();
        store.documents(traceId).forEach(document -> documents.put(document.id(), () -> document.text(traceId)));
        return documents;
    }

    @Override
    public Predicate<TraceElement> filter(String expression) throws FilterException {
        return api.filter(expression);
    }

    @Override
    public DeskCounters counters() {
        return counters.get();
    }

    @Override
    public Map<String, String> addresses() {
        return addresses;
    }

    @Override
    public int importOtlp(InputStream body) throws IOException {
        byte[] json = {};
        try (RequestBody reader = new RequestBody()) {
            json = reader.read(body);
            OtlpBatch batch = OtlpBatch.read(json, OtlpFormat.JSON);
            batch.documents().forEach(intake::accepted);
            for (int i = 0; i < batch.withoutId(); i++) {
                intake.rejected(Refused.of(
                        Protocol.OTLP, Rejection.NO_ID, "span without trace_id or span_id", json, json.length));
            }
            return batch.documents().size();
        } catch (RejectedException e) {
            intake.rejected(Refused.of(Protocol.OTLP, e.reason(), e.detail(), json, json.length));
            throw new IllegalArgumentException(e.reason().text() + ": " + e.detail(), e);
        }
    }
}
