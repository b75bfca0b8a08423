package io.spanloom.awssdk;

import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.SpanSpec.Placement;
import java.util.concurrent.ConcurrentHashMap;

/** The description of each operation, made when it is first called. */
final class Specs {

    /** So many services, and of each so many operations, are kept: more than AWS has of either. */
    private static final int KEPT = 1_000;

    private static final ConcurrentHashMap<String, ConcurrentHashMap<String, SpanSpec>> SERVICES =
            new ConcurrentHashMap<>();

    private Specs() {}

    static SpanSpec of(String service, String operation) {
        ConcurrentHashMap<String, SpanSpec> operations = SERVICES.get(service);
        if (operations == null) {
            operations = new ConcurrentHashMap<>();
            if (SERVICES.size() < KEPT) {
                SERVICES.put(service, operations);
            }
        }
        SpanSpec known = operations.get(operation);
        if (known == null) {
            known = SpanSpec.named(service + "." + operation)
                    .kind(SpanKind.CLIENT)
                    .namespace("aws")
                    .placement(Placement.SUBSEGMENT);
            if (operations.size() < KEPT) {
                operations.put(operation, known);
            }
        }
        return known;
    }
}
