package org.catseye.power.http.exchange;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The time at which an exchange has to be over. */
final class Deadline {

    private final long endNanos;

    Deadline(Duration limit) {
        endNanos = System.nanoTime() + limit.toNanos();
    }

    /** The milliseconds until then, at least one. @throws SocketTimeoutException if there are none */
    int remainingMillis() throws SocketTimeoutException {
        long millis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
        if (millis <= 0) {
            throw new SocketTimeoutException("the time is over");
        }
        return (int) millis;
    }

    /** A buffered stream of the socket whose reads end at the deadline, however slowly the bytes come. */
    InputStream boundedInput(Socket socket) throws IOException {
        return new BufferedInputStream(new FilterInputStream(socket.getInputStream()) {
            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                socket.setSoTimeout(remainingMillis());
                return super.read(bytes, from, length);
            }
        });
    }
}
