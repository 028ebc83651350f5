package org.catseye.web.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a viewer sends: a few bytes of acks, parsed at once on the selector's thread, without a hand-over to a pool thread. The
 * end of the stream, and whatever is wrong with it, closes the end point.
 */
final class ClientReader implements Callback {

    /** A client that sends without pause gives the selector's thread back to the others after so many reads. */
    private static final int MOST_READS = 16;
    private static final Logger LOG = LoggerFactory.getLogger(ClientReader.class);

    private final EndPoint endPoint;
    private final Consumer<ByteBuffer> received;
    private final ByteBuffer input = ByteBuffer.allocateDirect(2048);

    /** @param received takes all bytes of the buffer, which is used again afterwards; one thread at a time */
    ClientReader(EndPoint endPoint, Consumer<ByteBuffer> received) {
        this.endPoint = endPoint;
        this.received = received;
    }

    /** @param early what the client sent before the connection was taken over */
    void begin(ByteBuffer early) {
        received.accept(early);
        endPoint.fillInterested(this);
    }

    @Override
    public void succeeded() {
        try {
            read();
        } catch (RuntimeException e) {
            LOG.warn("viewer {} failed and is disconnected", endPoint.getRemoteSocketAddress(), e);
            endPoint.close(e);
        }
    }

    @Override
    public void failed(Throwable cause) {
        endPoint.close(cause);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** Takes what is there, and asks to be called when there is more. */
    void read() {
        try {
            for (int reads = 0; reads < MOST_READS; reads++) {
                int read = endPoint.fill(input.clear().limit(0));
                if (read < 0) {
                    endPoint.close();
                    return;
                }
                if (read == 0) {
                    break;
                }
                received.accept(input);
            }
            endPoint.fillInterested(this);
        } catch (IOException e) {
            endPoint.close(e);
        }
    }
}
