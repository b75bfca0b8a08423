package io.spanloom.desk;

import java.net.InetSocketAddress;
import java.time.Instant;

/**
 * Where a desk listens, and since when.
 *
 * @param file where traces are kept across restarts; empty if they are not
 */
record Listening(InetSocketAddress xray, InetSocketAddress otlp, InetSocketAddress http, Instant since, String file) {}
