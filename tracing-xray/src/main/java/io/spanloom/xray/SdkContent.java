package io.spanloom.xray;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What only code that uses the SDK directly gives to an entity of ours. */
final class SdkContent {

    final Map<String, Object> http = new ConcurrentHashMap<>();
    final Map<String, Object> aws = new ConcurrentHashMap<>();
    final Map<String, Object> sql = new ConcurrentHashMap<>();
    final Map<String, Object> service = new ConcurrentHashMap<>();
    final ReentrantLock lock = new ReentrantLock();

    volatile @Nullable String namespace;
    volatile @Nullable String origin;
    volatile @Nullable String resourceArn;
    volatile @Nullable String ruleName;
    volatile boolean fault;
    volatile boolean error;
    volatile boolean throttle;
}
