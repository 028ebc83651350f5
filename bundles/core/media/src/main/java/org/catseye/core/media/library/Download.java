package org.catseye.core.media.library;

import java.io.IOException;
import java.io.InputStream;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.catseye.concurrent.MinimumRate;
import org.catseye.core.media.fetch.FetchUrl;
import org.catseye.core.media.fetch.ForbiddenAddressException;
import org.catseye.core.media.fetch.HttpSource;
import org.catseye.media.MediaDownload;
import org.catseye.media.MediaDownload.State;
import org.catseye.media.MediaException;
import org.catseye.media.MediaImage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One download. Its thread runs it; any thread can look at it, or cancel it. */
final class Download implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Download.class);
    /** Attempts without any progress. */
    private static final int MAX_ATTEMPTS = 5;
    /** Less than this in a minute is as good as nothing. */
    private static final long MIN_BYTES = 16 * 1024;
    private static final Duration RATE_PERIOD = Duration.ofMinutes(1);

    private final FetchUrl url;
    private final String sha256;
    private final HttpSource source;
    private final int pauseMillis;
    private final PartialImage part;
    private final Images images;
    private final Instant started = Instant.now();
    private volatile Outcome outcome = new Outcome(State.RUNNING, "", "", Instant.MAX);
    private volatile boolean cancelled;

    /** @param image the id; empty unless it is done */
    private record Outcome(State state, String image, String reason, Instant ended) {
    }

    /** @param pauseMillis before the second attempt */
    Download(FetchUrl url, String sha256, HttpSource source, int pauseMillis, PartialImage part, Images images) {
        this.pauseMillis = pauseMillis;
        this.url = url;
        this.sha256 = sha256;
        this.source = source;
        this.part = part;
        this.images = images;
    }

    String id() {
        return part.id();
    }

    boolean isRunning() {
        return outcome.state() == State.RUNNING;
    }

    boolean endedBefore(Instant time) {
        return outcome.ended().isBefore(time);
    }

    MediaDownload describe() {
        Outcome now = outcome;
        return new MediaDownload(id(), url.toString(), part.name(), part.user(), started, now.state(), part.offset(), part.length(), now.image(), now.reason());
    }

    void cancel() {
        cancelled = true;
        source.close();
        part.discardUpload();
    }

    @Override
    public void run() {
        try {
            receiveAll();
            MediaImage image = finish();
            end(State.DONE, image.id(), "");
            LOG.info("The image {} was downloaded from {}", image.name(), url);
        } catch (IOException e) {
            endEarly(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            endEarly(new IOException("Catseye is shutting down.", e));
        } catch (RuntimeException e) {
            LOG.error("A download failed", e);
            endEarly(new IOException("The download failed. The log has the details.", e));
        } finally {
            source.close();
        }
    }

    private void endEarly(IOException cause) {
        part.discardUpload();
        if (cancelled) {
            end(State.CANCELLED, "", "");
        } else {
            LOG.debug("The download from {} failed", url, cause);
            end(State.FAILED, "", describe(cause));
        }
    }

    private void end(State state, String image, String reason) {
        outcome = new Outcome(state, image, reason, Instant.now());
    }

    private void receiveAll() throws IOException, InterruptedException {
        int attempts = 0;
        while (true) {
            long before = part.offset();
            try {
                receivePiece();
                return;
            } catch (MediaException | HttpSource.RefusedException | ForbiddenAddressException | SSLException e) {
                throw e;
            } catch (IOException e) {
                attempts = part.offset() > before ? 1 : attempts + 1;
                // A server whose name is unknown at the first attempt does not exist; later the network may be down.
                if (cancelled || attempts >= MAX_ATTEMPTS || part.offset() == 0 && e instanceof UnknownHostException) {
                    throw e;
                }
                LOG.debug("The connection to {} broke; attempt {}", url, attempts + 1, e);
                TimeUnit.MILLISECONDS.sleep((long) pauseMillis << attempts - 1);
            }
        }
    }

    private void receivePiece() throws IOException {
        HttpSource.Piece piece = source.open(source.canContinue() ? part.offset() : 0);
        if (piece.offset() != part.offset()) {
            part.restart();
        }
        if (piece.total() >= 0) {
            images.announceLength(part, piece.total());
        }
        part.appendContent(part.offset(), new RatedStream(piece.body()));
    }

    private MediaImage finish() throws IOException {
        if (!sha256.isEmpty()) {
            String actual = ImageHashes.compute(part.file());
            if (!actual.equals(sha256)) {
                throw new IOException("The content has another SHA-256: " + actual + ".");
            }
        }
        return part.finishUpload();
    }

    private static String describe(IOException e) {
        if (e instanceof UnknownHostException) {
            return "The server's name is unknown.";
        }
        if (e instanceof SSLException) {
            return "There is no trusted TLS connection to the server: " + e.getMessage() + ".";
        }
        String message = String.valueOf(e.getMessage());
        return message.endsWith(".") ? message : "The connection failed: " + message + ".";
    }

    /** Fails if the server sends next to nothing for a minute. */
    private static final class RatedStream extends InputStream {

        private final InputStream in;
        private final MinimumRate rate = new MinimumRate(MIN_BYTES, RATE_PERIOD, System::nanoTime);

        RatedStream(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            throw new UnsupportedOperationException("arrays only");
        }

        @Override
        public int read(byte[] buffer, int from, int count) throws IOException {
            int read = in.read(buffer, from, count);
            if (rate.isTooSlow(read)) {
                throw new IOException("The server is too slow.");
            }
            return read;
        }
    }
}
