package org.catseye.concurrent;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One {@link TokenBucket} for each key, such as a user or an address. Bounded in memory: buckets that are full again are forgotten, and beyond
 * {@code maxKeys} the one that was used longest ago is. Thread-safe; no method blocks.
 *
 * @param <K> with equals and hashCode
 */
public final class KeyedTokenBuckets<K> {

    private final int capacity;
    private final long intervalNanos;
    private final int maxKeys;
    /** Guarded by this. In order of last use. */
    private final Map<K, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /** @param capacity and {@code intervalNanos} of each bucket, as {@link TokenBucket#TokenBucket} takes them */
    public KeyedTokenBuckets(int capacity, long intervalNanos, int maxKeys) {
        this.capacity = capacity;
        this.intervalNanos = intervalNanos;
        this.maxKeys = maxKeys;
    }

    /** Takes a token of this key if there is one. */
    public synchronized boolean tryAcquire(K key, long nowNanos) {
        buckets.values().removeIf(bucket -> bucket.isFull(nowNanos));
        TokenBucket bucket = buckets.computeIfAbsent(key, unknown -> new TokenBucket(capacity, intervalNanos, nowNanos));
        SizeLimit.removeOldest(buckets.keySet(), maxKeys);
        return bucket.tryAcquire(nowNanos);
    }

    /** How many keys have a bucket that is not full. */
    public synchronized int size() {
        return buckets.size();
    }
}
