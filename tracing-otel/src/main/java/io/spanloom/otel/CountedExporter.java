package io.spanloom.otel;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts what an exporter delivers and what not, and passes on why not. */
final class CountedExporter implements SpanExporter {

    private final SpanExporter exporter;
    private final Deliveries deliveries;
    private final Consumer<@Nullable Throwable> onFailure;

    CountedExporter(SpanExporter exporter, Deliveries deliveries, Consumer<@Nullable Throwable> onFailure) {
        this.exporter = exporter;
        this.deliveries = deliveries;
        this.onFailure = onFailure;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        int count = spans.size(); // the batch processor uses the collection again
        CompletableResultCode result;
        try {
            result = exporter.export(spans);
        } catch (RuntimeException thrown) {
            result = CompletableResultCode.ofExceptionalFailure(thrown);
        }
        CompletableResultCode answer = result;
        return answer.whenComplete(() -> {
            if (answer.isSuccess()) {
                deliveries.delivered(count);
            } else {
                deliveries.failed(count);
                onFailure.accept(answer.getFailureThrowable());
            }
        });
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    @Override
    public String toString() {
        return "CountedExporter{" + exporter + "}";
    }
}
