package org.catseye.itest.hostile;

import java.util.concurrent.CountDownLatch;

/** A component of Declarative Services that is never activated completely, until it is interrupted. Packed into a jar of its own. */
public final class EndlessComponent implements Runnable {

    public EndlessComponent() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Override
    public void run() {
        // Only its activation matters.
    }
}
