package io.spanloom.desk;

import io.spanloom.desk.api.Traces;
import io.spanloom.desk.summary.HeldTrace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The store as the API sees it. Documents that come by the API are counted like those that come by datagram. */
final class DeskTraces implements Traces {
    private final TraceStore store;
    private final Intake intake;

    DeskTraces(TraceStore store, Intake intake) {
        this.store = store;
        this.intake = intake;
    }

    @Override
    public List<HeldTrace> newestFirst() {
        return store.newestFirst();
    }

    @Override
    public @Nullable HeldTrace find(String traceId) {
        return store.find(traceId);
    }

    @Override
    public List<SegmentDocument> documents(String traceId) {
        return store.documents(traceId).stream()
                .map(document -> new SegmentDocument(document.id(), document.text(traceId)))
                .toList();
    }

    @Override
    public @Nullable Refusal put(String document) {
        byte[] json = document.getBytes(StandardCharsets.UTF_8);
        try {
            if (json.length > XRayDatagram.MAX_BYTES) {
                throw new RejectedException(Rejection.OVERSIZE, json.length + " bytes");
            }
            intake.accepted(SegmentReader.read(json, 0, json.length));
            return null;
        } catch (RejectedException e) {
            intake.rejected(Refused.of(Protocol.API, e.reason(), e.detail(), json, json.length));
            return new Refusal(null, code(e.reason()), e.reason().text() + ": " + e.detail());
        }
    }

    /** {@code BAD_TRACE_ID} as {@code BadTraceId}: the service's own codes are not published. */
    private static String code(Rejection reason) {
        StringBuilder code = new StringBuilder();
        for (String word : reason.name().split("_", -1)) {
            code.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return code.toString();
    }

    @Override
    public @Nullable String digits(String traceId) {
        return TraceIds.digits(traceId);
    }

    @Override
    public String xrayId(String traceId) {
        return TraceIds.toXRay(traceId);
    }
}
