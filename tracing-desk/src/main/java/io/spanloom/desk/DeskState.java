package io.spanloom.desk;

/** What a desk knows, for those who answer questions about it. */
record DeskState(TraceStore store, Counting counting, Inbox inbox, Activity activity, ShownLog shown) {}
