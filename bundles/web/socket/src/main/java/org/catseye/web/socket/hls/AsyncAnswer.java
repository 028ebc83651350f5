package org.catseye.web.socket.hls;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.catseye.http.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer that may come later and takes as long as its client needs. No thread belongs to it. It refers to released {@link Content} only:
 * an answer that is too slow is broken off. Thread-safe.
 */
final class AsyncAnswer {

    /** The server copies what is written at once. */
    private static final int CHUNK_BYTES = 16 * 1024;
    /** A request waits for 24 s at most, and a segment is kept for about 64 s ({@code slow}); so what takes longer is lost. */
    static final long TIMEOUT_MILLIS = TimeUnit.SECONDS.toMillis(90);
    private static final Problem TOO_LATE = new Problem("not_ready", "There was no answer in time. Try again.");
    private static final Logger LOG = LoggerFactory.getLogger(AsyncAnswer.class);

    private final HttpServletResponse response;
    private final AsyncContext context;
    private final String contentType;
    private final Runnable end;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean finished = new AtomicBoolean();

    /** @param end runs once, when the answer was sent or has failed */
    AsyncAnswer(HttpServletRequest request, HttpServletResponse response, String contentType, Runnable end) {
        this.response = response;
        this.contentType = contentType;
        this.end = end;
        context = request.startAsync(request, response);
        context.setTimeout(TIMEOUT_MILLIS);
        context.addListener(new End());
    }

    /** Sends the contents. Without effect if it was answered. Any thread; does not block. */
    void send(List<Content> contents) {
        start(200, contentType, contents);
    }

    /** Sends an error. Without effect if it was answered. Any thread; does not block. */
    void refuse(int status, Problem problem) {
        start(status, Problem.CONTENT_TYPE, List.of(new Content(problem.toBytes())));
    }

    private void start(int status, String type, List<Content> contents) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        try {
            writeHead(response, status, type, contents);
            ServletOutputStream out = response.getOutputStream();
            out.setWriteListener(new Writer(out, contents));
        } catch (IOException | RuntimeException e) {
            LOG.debug("An answer was not sent", e);
            finish();
        }
    }

    static void writeHead(HttpServletResponse response, int status, String type, List<Content> contents) {
        response.setStatus(status);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(contents.stream().mapToInt(Content::size).sum());
    }

    /** The first call counts: the writer and the server may both find the end. */
    private void finish() {
        if (finished.compareAndSet(false, true)) {
            try {
                context.complete();
            } catch (IllegalStateException e) {
                LOG.debug("An answer was complete already", e);
            } finally {
                end.run();
            }
        }
    }

    /** The end that the server finds. */
    private final class End implements AsyncListener {

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            try {
                if (answered.compareAndSet(false, true)) {
                    TOO_LATE.send(response, 503);
                }
            } finally {
                finish();
            }
        }

        @Override
        public void onError(AsyncEvent event) {
            LOG.debug("An answer failed", event.getThrowable());
            finish();
        }

        @Override
        public void onComplete(AsyncEvent event) {
            if (finished.compareAndSet(false, true)) {
                end.run();
            }
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // It is not started again.
        }
    }

    /** Writes as fast as the client receives, on threads of the web server. */
    private final class Writer implements WriteListener {

        private final ServletOutputStream out;
        private final Deque<Content> contents;
        private int at;

        Writer(ServletOutputStream out, List<Content> contents) {
            this.out = out;
            this.contents = new ArrayDeque<>(contents);
        }

        @Override
        public void onWritePossible() throws IOException {
            while (out.isReady()) {
                Content content = contents.peek();
                if (content == null) {
                    finish();
                    return;
                }
                byte[] bytes = content.bytes().orElseThrow(() -> new IOException("The segment is no longer kept."));
                int count = Math.min(CHUNK_BYTES, bytes.length - at);
                out.write(bytes, at, count);
                at += count;
                if (at == bytes.length) {
                    contents.remove();
                    at = 0;
                }
            }
        }

        @Override
        public void onError(Throwable failure) {
            LOG.debug("An answer ended early", failure);
            finish();
        }
    }
}
