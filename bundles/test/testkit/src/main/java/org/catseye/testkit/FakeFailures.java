package org.catseye.testkit;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Lets a fake device hang and fail. Thread-safe. */
final class FakeFailures {

    private volatile IOException failure;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** @param next null for no failure any more */
    void failWith(IOException next) {
        failure = next;
    }

    CountDownLatch hang() {
        gate = new CountDownLatch(1);
        return gate;
    }

    /** To be called first by each call of the device. */
    void awaitTurn() throws IOException {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (failure != null) {
            throw failure;
        }
    }
}
