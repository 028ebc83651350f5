package org.catseye.web.socket.server;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import org.catseye.web.socket.body.BodyDiscardingStream;
import org.catseye.web.socket.server.ClientConnection.Phase;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;

/**
 * A request's stream on which servlets do not wait for the client. Written data is copied and sent as fast as the client receives it, while
 * the thread continues; a budget bounds the copies. Beyond it, a user's thread waits (one user has few), and the connection of a caller
 * without a session is closed.
 */
final class UnblockedStream extends HttpStream.Wrapper {

    private final Owner owner;
    /** Guards what follows. */
    private final Object lock = new Object();
    private final Deque<Part> parts = new ArrayDeque<>();
    private boolean sending;
    private boolean complete;
    private volatile boolean over;
    private Throwable failure;
    private long copied;
    /** Body that came before the request was served, to be read first. */
    private Queue<Content.Chunk> early = new ArrayDeque<>();

    /** The connection that the stream belongs to. */
    interface Owner extends BodyDiscardingStream.Line {

        WriteBudget budget();

        /** Makes room in the budget of callers without a session. */
        boolean makeRoom();

        void enterPhase(Phase phase);

        void closeConnection(Throwable cause);

        /** Notifies the reader of the body. */
        void notifyContent();
    }

    /** @param callback of a caller that waits; null if it was notified already */
    private record Part(MetaData.Request request, MetaData.Response response, boolean last, ByteBuffer content, Callback callback, String payer) {

        int size() {
            return content == null ? 0 : content.remaining();
        }
    }

    UnblockedStream(HttpStream wrapped, Owner owner) {
        super(new BodyDiscardingStream(wrapped, owner));
        this.owner = owner;
    }

    /** Sets the chunks that were read before; to be called before the request is served. */
    void replayBody(Queue<Content.Chunk> chunks) {
        early = chunks;
    }

    @Override
    public Content.Chunk read() {
        Content.Chunk chunk = early.poll();
        return chunk != null ? chunk : super.read();
    }

    @Override
    public void demand() {
        if (early.isEmpty()) {
            super.demand();
        } else {
            owner.notifyContent();
        }
    }

    @Override
    public void send(MetaData.Request request, MetaData.Response response, boolean last, ByteBuffer content, Callback callback) {
        int size = content == null ? 0 : content.remaining();
        String payer = owner.user();
        boolean copy = reserveCopy(payer, size);
        if (!copy && payer.isEmpty()) {
            EofException cause = new EofException("answers are not taken");
            owner.closeConnection(cause);
            callback.failed(cause);
            return;
        }
        ByteBuffer own = copy && size > 0 ? ByteBuffer.allocate(size).put(content).flip() : content;
        Part part = new Part(request, response, last, own, copy ? null : callback, copy ? payer : null);
        Throwable broken;
        boolean begin;
        synchronized (lock) {
            broken = failure;
            begin = broken == null && !sending;
            sending |= begin;
            if (broken == null && !begin) {
                parts.add(part);
            }
        }
        if (broken != null) {
            releasePart(part);
            callback.failed(broken);
            return;
        }
        if (begin) {
            startSending(part);
        }
        if (copy) {
            callback.succeeded();
        }
    }

    /** Whether the part may be copied. */
    private boolean reserveCopy(String payer, int size) {
        synchronized (lock) {
            if (copied + size > WriteBudget.MAX_FOR_ONE_ANSWER) {
                return false;
            }
            copied += size;
        }
        boolean room = owner.budget().reserveBytes(payer, size) || payer.isEmpty() && owner.makeRoom() && owner.budget().reserveBytes(payer, size);
        if (!room) {
            synchronized (lock) {
                copied -= size;
            }
        }
        return room;
    }

    private void startSending(Part part) {
        int size = part.size();
        super.send(part.request(), part.response(), part.last(), part.content(), Callback.from(() -> partSent(part, size, null), cause -> partSent(part, size, cause)));
    }

    private void releasePart(Part part) {
        if (part.payer() != null) {
            releasePart(part, part.size());
        }
    }

    private void releasePart(Part part, int size) {
        if (part.payer() == null) {
            return;
        }
        owner.budget().releaseBytes(part.payer(), size);
        synchronized (lock) {
            copied -= size;
        }
    }

    private void partSent(Part part, int size, Throwable cause) {
        releasePart(part, size);
        Part next = null;
        boolean ended;
        synchronized (lock) {
            failure = failure == null ? cause : failure;
            if (failure == null) {
                next = parts.poll();
            }
            sending = next != null;
            ended = complete && !sending;
        }
        if (part.callback() != null) {
            if (cause == null) {
                part.callback().succeeded();
            } else {
                part.callback().failed(cause);
            }
        }
        if (cause != null) {
            dropParts(cause);
        }
        if (next != null) {
            startSending(next);
        } else if (ended) {
            endStream();
        }
    }

    private void dropParts(Throwable cause) {
        for (Part part = pollPart(); part != null; part = pollPart()) {
            releasePart(part);
            if (part.callback() != null) {
                part.callback().failed(cause);
            }
        }
        owner.closeConnection(cause);
    }

    private Part pollPart() {
        synchronized (lock) {
            return parts.poll();
        }
    }

    /** Whether the request was answered, or failed. */
    boolean isOver() {
        return over;
    }

    /** The servlet has finished; the client may still be receiving. */
    @Override
    public void succeeded() {
        boolean ended;
        over = true;
        synchronized (lock) {
            complete = true;
            ended = !sending;
            if (!ended) {
                owner.enterPhase(Phase.WRITE);
            }
        }
        if (ended) {
            endStream();
        }
    }

    @Override
    public void failed(Throwable cause) {
        over = true;
        synchronized (lock) {
            failure = failure == null ? cause : failure;
        }
        dropParts(cause);
        releaseBody();
        super.failed(cause);
    }

    private void endStream() {
        Throwable cause;
        synchronized (lock) {
            cause = failure;
        }
        releaseBody();
        owner.enterPhase(Phase.HEAD);
        if (cause == null) {
            super.succeeded();
        } else {
            super.failed(cause);
        }
    }

    private void releaseBody() {
        for (Content.Chunk chunk = early.poll(); chunk != null; chunk = early.poll()) {
            chunk.release();
        }
    }
}
