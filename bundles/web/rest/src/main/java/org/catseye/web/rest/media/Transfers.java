package org.catseye.web.rest.media;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.catseye.access.Session;
import org.catseye.concurrent.MinimumRate;
import org.catseye.concurrent.NamedThreads;
import org.catseye.http.Problem;
import org.catseye.media.MediaException;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.ApiServlet;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs requests with large bodies on threads of their own ({@code media-transfer-<n>}). The web server has few threads for all requests, and
 * fewer for those of one user; a transfer of an hour must not hold one of them. Thread-safe.
 */
@Component(service = Transfers.class)
public final class Transfers {

    static final int MAX_TRANSFERS = 12;
    static final int MAX_OF_ONE_USER = 4;
    /** The last ones are for users who have none: a few users with slow clients must not keep all others out. */
    static final int RESERVED = 4;
    private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);
    private static final Duration IDLE = Duration.ofSeconds(10);
    /** A body that brings less than this in a minute is not an upload. */
    private static final int MIN_BYTES = 60 * 1024;
    private static final Duration RATE_PERIOD = Duration.ofMinutes(1);

    private final ExecutorService threads = NamedThreads.newIdlingPool(MAX_TRANSFERS, IDLE, NamedThreads.withNumberedName("media-transfer"));
    /** Guarded by itself: the number of running transfers by user. */
    private final Map<String, Integer> running = new HashMap<>();

    /** What a request does. */
    @FunctionalInterface
    public interface Transfer {
        void run() throws ApiException, IOException;
    }

    @Deactivate
    void stop() {
        threads.shutdownNow();
    }

    /**
     * Runs a transfer, and completes the request when it ends. Returns at once.
     *
     * @throws ApiException 429 if there are too many transfers
     */
    public void start(Session session, HttpServletRequest request, HttpServletResponse response, Transfer transfer) throws ApiException {
        countStart(session.user());
        boolean started = false;
        try {
            AsyncContext async = request.startAsync(request, response);
            // The connection has a timeout for bytes that do not come; the whole may take hours.
            async.setTimeout(0);
            threads.execute(() -> {
                try {
                    runTransfer(request, response, transfer);
                } finally {
                    countEnd(session.user());
                    async.complete();
                }
            });
            started = true;
        } finally {
            if (!started) {
                countEnd(session.user());
            }
        }
    }

    private void countStart(String user) throws ApiException {
        synchronized (running) {
            int all = running.values().stream().mapToInt(Integer::intValue).sum();
            int own = running.getOrDefault(user, 0);
            if (all >= MAX_TRANSFERS || own >= MAX_OF_ONE_USER || own > 0 && all >= MAX_TRANSFERS - RESERVED) {
                throw new ApiException(429, "too_many_requests", "There are too many uploads and downloads at a time. Wait until one of them ends.",
                        Map.of("Retry-After", "10", "Connection", "close"));
            }
            running.merge(user, 1, Integer::sum);
        }
    }

    private void countEnd(String user) {
        synchronized (running) {
            running.computeIfPresent(user, (key, count) -> count == 1 ? null : Integer.valueOf(count - 1));
        }
    }

    private static void runTransfer(HttpServletRequest request, HttpServletResponse response, Transfer transfer) {
        try {
            runAndAnswer(request, response, transfer);
        } catch (IOException e) {
            // The client has gone.
            LOG.debug("{} {} ended early", request.getMethod(), request.getRequestURI(), e);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        }
    }

    private static void runAndAnswer(HttpServletRequest request, HttpServletResponse response, Transfer transfer) throws IOException {
        try {
            transfer.run();
        } catch (MediaException e) {
            sendError(response, MediaErrors.toApiException(e));
        } catch (SessionEndedException e) {
            sendError(response, new ApiException(401, "unauthorized", "Your session has ended. Log in again."));
        } catch (ApiException e) {
            sendError(response, e);
        } catch (IOException e) {
            // The client reads this only if its body stopped, and not if it has gone.
            sendError(response, new ApiException(400, "bad_body", "The body ended before its announced length, or nothing of it came for a minute."));
            throw e;
        } catch (RuntimeException e) {
            if (!response.isCommitted()) {
                Problem.INTERNAL.send(response, 500);
            }
            throw e;
        }
    }

    private static void sendError(HttpServletResponse response, ApiException e) throws IOException {
        if (!response.isCommitted()) {
            // A part of the body may not have been read.
            response.setHeader("Connection", "close");
            ApiServlet.sendError(response, e);
        }
    }

    /** The body of a request, which fails when the session ends: the next bytes are not taken any more. */
    public static InputStream guardBody(Session session, HttpServletRequest request) throws IOException {
        return new GuardedBody(session, request.getInputStream());
    }

    private static final class GuardedBody extends InputStream {

        private final Session session;
        private final InputStream body;
        private final MinimumRate rate = new MinimumRate(MIN_BYTES, RATE_PERIOD, System::nanoTime);

        GuardedBody(Session session, InputStream body) {
            this.session = session;
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int read = body.read();
            requireSession();
            return read;
        }

        @Override
        public int read(byte[] buffer, int from, int count) throws IOException {
            int read = body.read(buffer, from, count);
            requireSession();
            if (rate.isTooSlow(read)) {
                throw new IOException("The body is too slow.");
            }
            return read;
        }

        private void requireSession() throws SessionEndedException {
            if (!session.valid()) {
                throw new SessionEndedException();
            }
        }
    }

    /** The session ended during a transfer. */
    static final class SessionEndedException extends IOException {

        private static final long serialVersionUID = 1;

        SessionEndedException() {
            super("The session has ended.");
        }
    }
}
