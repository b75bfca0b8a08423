package io.spanloom.spi;

import io.spanloom.TraceContext;

/** The span of one subscription to a publisher. */
public interface SubscribedSpan extends AsyncSpan {

    /** The context with the span current: for what goes to the source (subscribe, request, cancel). */
    TraceContext inside();

    /** The context without it: for what goes to the subscriber (each of its signals), which is not part of the span. */
    TraceContext outside();
}
