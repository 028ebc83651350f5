package org.catseye.web.rest;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.catseye.web.WebContext;

/**
 * Reads a small body within a time. A read that simply blocks would let a few strangers, who announce a body and send none, hold all of
 * the server's threads: they get few places, and all of a body has to come soon.
 */
final class BodyReader {

    static final long PATIENCE_MILLIS = 5_000;
    /** A third of the server's threads at most. */
    static final int STRANGERS_AT_ONCE = 6;

    private static final Semaphore STRANGERS = new Semaphore(STRANGERS_AT_ONCE);
    private static final long LOOK_MILLIS = 5;

    private BodyReader() {
    }

    /**
     * @param most how many bytes are read at most
     * @throws ApiException 408 if it does not come in time, 503 if too many strangers are at it
     */
    static byte[] read(HttpServletRequest request, int most) throws ApiException, IOException {
        boolean stranger = request.getAttribute(WebContext.SESSION) == null;
        if (!stranger) {
            return within(PATIENCE_MILLIS, request.getInputStream(), request.getContentLengthLong(), most);
        }
        if (!STRANGERS.tryAcquire()) {
            throw new ApiException(503, "busy", "Too many are logging in just now; try again in a second.", Map.of("Retry-After", "1", "Connection", "close"));
        }
        try {
            return within(PATIENCE_MILLIS, request.getInputStream(), request.getContentLengthLong(), most);
        } finally {
            STRANGERS.release();
        }
    }

    /** @param announced Content-Length, -1 for unknown */
    static byte[] within(long patienceMillis, ServletInputStream in, long announced, int most) throws ApiException, IOException {
        long wanted = announced < 0 ? most : Math.min(announced, most);
        ByteArrayOutputStream body = new ByteArrayOutputStream((int) wanted);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        while (body.size() < wanted && !in.isFinished()) {
            int ready = in.available();
            if (ready > 0) {
                byte[] part = in.readNBytes((int) Math.min(ready, wanted - body.size()));
                body.writeBytes(part);
            } else if (System.nanoTime() > end) {
                throw new ApiException(408, "too_slow", "The body did not come within " + patienceMillis / 1000 + " seconds.", Map.of("Connection", "close"));
            } else {
                rest();
            }
        }
        return body.toByteArray();
    }

    private static void rest() throws ApiException {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(503, "stopping", "The server stops.");
        }
    }
}
