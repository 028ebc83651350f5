package org.catseye.web.socket.body;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.catseye.web.WebContext;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Reads a small body, or the beginning of a large one, before the request is served, so that no thread waits for it. A body that is not
 * complete in time ends where it is; then the request has the attribute {@link WebContext#LATE_BODY}.
 */
public final class EarlyBody {

    /** More than any JSON body may have. */
    public static final int MAX_BYTES = 16 * 1024;
    static final long TIMEOUT_MILLIS = 5_000;

    private final Request request;
    private final Executor executor;
    private final Consumer<Queue<Content.Chunk>> done;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Queue<Content.Chunk> chunks = new ArrayDeque<>();
    private ByteBuffer content = ByteBuffer.allocate(1024);
    private Scheduler.Task timeout;

    private EarlyBody(Request request, Executor executor, Consumer<Queue<Content.Chunk>> done) {
        this.request = request;
        this.executor = executor;
        this.done = done;
    }

    /** @param done gets the chunks, on any thread, once */
    public static void readEarly(Request request, Scheduler scheduler, Executor executor, Consumer<Queue<Content.Chunk>> done) {
        EarlyBody body = new EarlyBody(request, executor, done);
        if (!body.readAvailable()) {
            body.timeout = scheduler.schedule(() -> executor.execute(body::onTimeout), TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            request.demand(body::readMore);
        } else {
            body.deliverChunks();
        }
    }

    private void readMore() {
        if (over.get()) {
            return;
        }
        boolean complete;
        synchronized (this) {
            complete = readAvailable();
        }
        if (complete) {
            timeout.cancel();
            // Not on this stack: the web server reports more content only after this call has returned, and a servlet may wait for it.
            executor.execute(this::deliverChunks);
        } else if (!over.get()) {
            request.demand(this::readMore);
        }
    }

    /** @return whether the body is complete, or long enough */
    private synchronized boolean readAvailable() {
        for (Content.Chunk chunk = request.read(); chunk != null; chunk = request.read()) {
            if (Content.Chunk.isFailure(chunk)) {
                finishContent(chunk);
                return true;
            }
            appendContent(chunk.getByteBuffer());
            boolean last = chunk.isLast();
            chunk.release();
            if (last) {
                finishContent(Content.Chunk.EOF);
                return true;
            }
            if (content.position() >= MAX_BYTES) {
                finishContent(null);
                return true;
            }
        }
        return false;
    }

    private void appendContent(ByteBuffer more) {
        if (content.remaining() < more.remaining()) {
            content = ByteBuffer.allocate(Math.max(2 * content.capacity(), content.position() + more.remaining())).put(content.flip());
        }
        content.put(more);
    }

    private void finishContent(Content.Chunk end) {
        if (content.position() > 0) {
            chunks.add(Content.Chunk.from(content.flip(), false));
        }
        if (end != null) {
            chunks.add(end);
        }
    }

    private void onTimeout() {
        synchronized (this) {
            if (over.get()) {
                return;
            }
            request.setAttribute(WebContext.LATE_BODY, Boolean.TRUE);
            finishContent(Content.Chunk.from(new TimeoutException("the body did not come in time"), true));
        }
        deliverChunks();
    }

    private void deliverChunks() {
        if (over.compareAndSet(false, true)) {
            done.accept(chunks);
        }
    }
}
