package org.catseye.web.rest;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.access.Session;
import org.catseye.web.WebContext;

/**
 * Reads a small body within a time. A read that simply blocks would let a few, who announce a body and send none, hold all of the server's
 * threads: what is there already is read at once; who has to be waited for needs one of few places, and all of a body has to come soon.
 */
final class BodyReader {

    static final long PATIENCE_MILLIS = 5_000;

    private static final BodyPlaces PLACES = new BodyPlaces();
    private static final long LOOK_MILLIS = 5;

    private final ServletInputStream in;
    private final int wanted;
    private final ByteArrayOutputStream body;

    /** @param announced Content-Length, -1 for unknown */
    private BodyReader(ServletInputStream in, long announced, int most) {
        this.in = in;
        wanted = (int) (announced < 0 ? most : Math.min(announced, most));
        body = new ByteArrayOutputStream(wanted);
    }

    /**
     * @param most how many bytes are read at most
     * @throws ApiException 408 if it does not come in time, 429 or 503 if too many are waited for
     */
    static byte[] read(HttpServletRequest request, int most) throws ApiException, IOException {
        return read(request, most, PLACES, PATIENCE_MILLIS);
    }

    static byte[] read(HttpServletRequest request, int most, BodyPlaces places, long patienceMillis) throws ApiException, IOException {
        BodyReader reader = new BodyReader(request.getInputStream(), request.getContentLengthLong(), most);
        if (!reader.takeWhatIsThere()) {
            Runnable giveBack = places.take(Optional.ofNullable((Session) request.getAttribute(WebContext.SESSION)));
            try {
                reader.await(patienceMillis);
            } finally {
                giveBack.run();
            }
        }
        return reader.body.toByteArray();
    }

    /** Without blocking; whether that was all. */
    private boolean takeWhatIsThere() throws IOException {
        while (body.size() < wanted && !in.isFinished()) {
            int ready = in.available();
            if (ready <= 0) {
                return in.isFinished();
            }
            body.writeBytes(in.readNBytes(Math.min(ready, wanted - body.size())));
        }
        return true;
    }

    private void await(long patienceMillis) throws ApiException, IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        while (!takeWhatIsThere()) {
            if (System.nanoTime() > end) {
                throw new ApiException(408, "too_slow", "The body did not come within " + patienceMillis / 1000 + " seconds.", Map.of("Connection", "close"));
            }
            rest();
        }
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
