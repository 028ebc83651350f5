package org.catseye.web.socket.server;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import org.catseye.web.socket.server.ClientConnection.Phase;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;

/**
 * A request's stream on which servlets do not wait for the client. What is written is copied and sent as the client takes it, while
 * the thread goes on; a budget bounds the copies. Beyond it, a user's thread waits (one user has few), and the connection of a caller
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
    interface Owner {

        /** Empty without a session. */
        String user();

        WriteBudget budget();

        /** Makes room in the budget of callers without a session. */
        boolean makeRoom();

        void enter(Phase phase);

        void close(Throwable cause);

        /** Lets the reader of the body know that there is some. */
        void contentAvailable();
    }

    /** @param callback of a caller that waits, null for one that was told already */
    private record Part(MetaData.Request request, MetaData.Response response, boolean last, ByteBuffer content, Callback callback, String payer) {

        int size() {
            return content == null ? 0 : content.remaining();
        }
    }

    UnblockedStream(HttpStream wrapped, Owner owner) {
        super(wrapped);
        this.owner = owner;
    }

    /** What was read of the body before; to be called before the request is served. */
    void replay(Queue<Content.Chunk> chunks) {
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
            owner.contentAvailable();
        }
    }

    @Override
    public void send(MetaData.Request request, MetaData.Response response, boolean last, ByteBuffer content, Callback callback) {
        int size = content == null ? 0 : content.remaining();
        String payer = owner.user();
        boolean copy = reserve(payer, size);
        if (!copy && payer.isEmpty()) {
            EofException cause = new EofException("answers are not taken");
            owner.close(cause);
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
            release(part);
            callback.failed(broken);
            return;
        }
        if (begin) {
            start(part);
        }
        if (copy) {
            callback.succeeded();
        }
    }

    /** Whether the part may be copied. */
    private boolean reserve(String payer, int size) {
        synchronized (lock) {
            if (copied + size > WriteBudget.MAX_FOR_ONE_ANSWER) {
                return false;
            }
            copied += size;
        }
        boolean room = owner.budget().take(payer, size) || payer.isEmpty() && owner.makeRoom() && owner.budget().take(payer, size);
        if (!room) {
            synchronized (lock) {
                copied -= size;
            }
        }
        return room;
    }

    private void start(Part part) {
        int size = part.size();
        super.send(part.request(), part.response(), part.last(), part.content(), Callback.from(() -> sent(part, size, null), cause -> sent(part, size, cause)));
    }

    private void release(Part part) {
        if (part.payer() != null) {
            release(part, part.size());
        }
    }

    private void release(Part part, int size) {
        if (part.payer() == null) {
            return;
        }
        owner.budget().giveBack(part.payer(), size);
        synchronized (lock) {
            copied -= size;
        }
    }

    private void sent(Part part, int size, Throwable cause) {
        release(part, size);
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
            drop(cause);
        }
        if (next != null) {
            start(next);
        } else if (ended) {
            end();
        }
    }

    private void drop(Throwable cause) {
        for (Part part = poll(); part != null; part = poll()) {
            release(part);
            if (part.callback() != null) {
                part.callback().failed(cause);
            }
        }
        owner.close(cause);
    }

    private Part poll() {
        synchronized (lock) {
            return parts.poll();
        }
    }

    /** Whether the request was answered, or failed. */
    boolean isOver() {
        return over;
    }

    /** The servlet is done; the client perhaps not. */
    @Override
    public void succeeded() {
        boolean ended;
        over = true;
        synchronized (lock) {
            complete = true;
            ended = !sending;
            if (!ended) {
                owner.enter(Phase.WRITE);
            }
        }
        if (ended) {
            end();
        }
    }

    @Override
    public void failed(Throwable cause) {
        over = true;
        synchronized (lock) {
            failure = failure == null ? cause : failure;
        }
        drop(cause);
        forgetBody();
        super.failed(cause);
    }

    private void end() {
        Throwable cause;
        synchronized (lock) {
            cause = failure;
        }
        forgetBody();
        owner.enter(Phase.HEAD);
        if (cause == null) {
            super.succeeded();
        } else {
            super.failed(cause);
        }
    }

    private void forgetBody() {
        for (Content.Chunk chunk = early.poll(); chunk != null; chunk = early.poll()) {
            chunk.release();
        }
    }
}
