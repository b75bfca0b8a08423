package io.spanloom.otel;

import io.spanloom.ConfigKey;
import io.spanloom.TracingConfig;

/** When an SDK of our own sends spans. */
enum Sending {
    /** As SYNCHRONOUS in AWS Lambda, else as QUEUED. */
    AUTO,
    /** In batches, by a thread of its own. */
    QUEUED,
    /** In batches, the last one when a root ends: the thread that ends it waits for that. */
    SYNCHRONOUS;

    static final ConfigKey<Sending> KEY = ConfigKey.oneOf("tracing.otel.sending", AUTO)
            .describedAs(
                    "When spans of an own SDK are sent: in batches by a thread, or by the thread that ends a root; auto is synchronous in AWS Lambda only");

    static boolean isSynchronous(TracingConfig config) {
        Sending chosen = config.get(KEY);
        return chosen == SYNCHRONOUS || chosen == AUTO && System.getenv("LAMBDA_TASK_ROOT") != null;
    }
}
