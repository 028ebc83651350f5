package org.catseye.core.log;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.catseye.concurrent.KeyedTokenBuckets;
import org.catseye.concurrent.TokenBucket;

/**
 * Standard output with a limit for each thread: a bundle that prints all the time must neither fill the disk nor hide the lines of others.
 * What is beyond the limit is left out and counted. Thread-safe; takes no lock while it writes.
 */
final class LimitedOutput extends FilterOutputStream {

    /** One line of text, usually. */
    private static final int BYTES_PER_TOKEN = 256;
    /** Enough for a start with many messages, and for long answers of the shell. */
    static final int MAX_BURST = 2_000;
    static final int MAX_PER_SECOND = 20;
    /** All threads together: this many times as much. */
    private static final int ALL_THREADS = 10;
    private static final int MAX_THREADS = 1_000;
    private static final long REPORT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    private final LongConsumer reporter;
    private final KeyedTokenBuckets<Long> byThread = new KeyedTokenBuckets<>(MAX_BURST, TimeUnit.SECONDS.toNanos(1) / MAX_PER_SECOND, MAX_THREADS);
    private final TokenBucket all;
    private final AtomicLong leftOut = new AtomicLong();
    /** When leftOut was reported last; 0 for never. */
    private final AtomicLong reportedAt = new AtomicLong();

    /** @param reporter gets the number of bytes that were left out since the last report, at most once a minute, on the printing thread */
    LimitedOutput(OutputStream out, LongSupplier nanoTime, LongConsumer reporter) {
        super(out);
        this.nanoTime = nanoTime;
        this.reporter = reporter;
        all = new TokenBucket(MAX_BURST * ALL_THREADS, TimeUnit.SECONDS.toNanos(1) / (MAX_PER_SECOND * ALL_THREADS), nanoTime.getAsLong());
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        long now = nanoTime.getAsLong();
        if (mayWrite(length, now)) {
            out.write(bytes, offset, length);
        } else {
            leftOut.addAndGet(length);
            reportLeftOut(now);
        }
    }

    /** Only flushes: the stream belongs to the process. */
    @Override
    public void close() throws IOException {
        flush();
    }

    private boolean mayWrite(int length, long now) {
        for (int left = length; left > 0; left -= BYTES_PER_TOKEN) {
            if (!byThread.tryAcquire(Thread.currentThread().getId(), now) || !all.tryAcquire(now)) {
                return false;
            }
        }
        return true;
    }

    private void reportLeftOut(long now) {
        long last = reportedAt.get();
        if ((last == 0 || now - last >= REPORT_NANOS) && reportedAt.compareAndSet(last, now == 0 ? 1 : now)) {
            reporter.accept(leftOut.getAndSet(0));
        }
    }
}
