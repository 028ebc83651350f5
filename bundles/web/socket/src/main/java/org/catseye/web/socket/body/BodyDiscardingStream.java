package org.catseye.web.socket.body;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.TunnelSupport;
import org.eclipse.jetty.util.Callback;

/**
 * A request's stream that reads and discards, after the answer, what is left of the body. Most clients look at the answer when they have sent
 * everything; if the connection were closed before, they would lose it (RFC 9112, section 9.6). No thread waits for the client.
 *
 * <p>It is no {@link HttpStream.Wrapper}, because that leaves the body to the web server, which closes the connection.
 */
public final class BodyDiscardingStream implements HttpStream {

    static final long MAX_OF_STRANGER = 1 << 20;
    static final long MAX_OF_USER = 256L << 20;
    /** After so many bytes, other connections have their turn. */
    private static final long TURN_BYTES = 1 << 20;

    private final HttpStream wrapped;
    private final Line line;
    private volatile boolean hasContent;

    /** What brings the body. */
    public interface Line {

        /** Whether the request has a body. */
        boolean hasBody();

        /** Whether its client sends it after a "100 Continue" only. */
        boolean waitsForContinue();

        /** Empty without a session. */
        String user();

        /** The client has its answer and still sends. */
        void beginDiscarding();

        /** The next request may follow. */
        void endDiscarding();

        /** Whether somebody waits for bytes already. */
        boolean isReading();

        /** @param arrived succeeds when there are more bytes */
        void awaitBytes(Callback arrived);

        void execute(Runnable task);
    }

    public BodyDiscardingStream(HttpStream wrapped, Line line) {
        this.wrapped = wrapped;
        this.line = line;
    }

    @Override
    public Content.Chunk read() {
        Content.Chunk chunk = wrapped.read();
        hasContent |= chunk != null && chunk.hasRemaining();
        return chunk;
    }

    /** @return null if what is left of the body is read after the answer */
    @Override
    public Throwable consumeAvailable() {
        return isSent() ? null : wrapped.consumeAvailable();
    }

    /** Whether the client sends the body, whatever the answer is. */
    private boolean isSent() {
        return hasContent || line.hasBody() && !line.waitsForContinue();
    }

    @Override
    public void succeeded() {
        if (isSent() && !line.isReading()) {
            line.beginDiscarding();
            discard(line.user().isEmpty() ? MAX_OF_STRANGER : MAX_OF_USER);
        } else {
            wrapped.succeeded();
        }
    }

    private void discard(long max) {
        long left = max;
        while (left > max - TURN_BYTES) {
            Content.Chunk chunk = read();
            if (chunk == null) {
                long rest = left;
                line.awaitBytes(Callback.from(() -> discard(rest), wrapped::failed));
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                wrapped.failed(chunk.getFailure());
                return;
            }
            left -= chunk.remaining();
            chunk.release();
            if (chunk.isLast()) {
                line.endDiscarding();
                wrapped.succeeded();
                return;
            }
            if (left < 0) {
                wrapped.failed(new IOException("the body is too long to be discarded"));
                return;
            }
        }
        long rest = left;
        line.execute(() -> discard(rest));
    }

    @Override
    public String getId() {
        return wrapped.getId();
    }

    @Override
    public void demand() {
        wrapped.demand();
    }

    @Override
    public void prepareResponse(HttpFields.Mutable headers) {
        wrapped.prepareResponse(headers);
    }

    @Override
    public void send(MetaData.Request request, MetaData.Response response, boolean last, ByteBuffer content, Callback callback) {
        wrapped.send(request, response, last, content, callback);
    }

    @Override
    public void push(MetaData.Request request) {
        wrapped.push(request);
    }

    @Override
    public long getIdleTimeout() {
        return wrapped.getIdleTimeout();
    }

    @Override
    public void setIdleTimeout(long millis) {
        wrapped.setIdleTimeout(millis);
    }

    @Override
    public boolean isCommitted() {
        return wrapped.isCommitted();
    }

    @Override
    public TunnelSupport getTunnelSupport() {
        return wrapped.getTunnelSupport();
    }

    @Override
    public void failed(Throwable cause) {
        wrapped.failed(cause);
    }

    @Override
    public InvocationType getInvocationType() {
        return wrapped.getInvocationType();
    }
}
