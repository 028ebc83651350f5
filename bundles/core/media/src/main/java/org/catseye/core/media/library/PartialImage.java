package org.catseye.core.media.library;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;
import org.catseye.media.MediaImage;
import org.catseye.media.MediaUpload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An image of which a part has arrived, in a hidden file. The file's size is the offset. Thread-safe; one thread at a time can append. */
final class PartialImage implements MediaUpload {

    static final Duration LIFETIME = Duration.ofHours(24);
    /** How long an upload keeps the space that it has announced without sending anything. */
    static final Duration RESERVATION = Duration.ofMinutes(10);
    private static final Logger LOG = LoggerFactory.getLogger(PartialImage.class);
    private static final int BUFFER_BYTES = 128 * 1024;
    /** The free space is checked each time that so much has been written. */
    private static final long CHECK_BYTES = 16 << 20;

    /** The library that it will be added to. */
    interface Owner {

        /** @throws MediaException NO_SPACE if the disk may not take more, or UNAVAILABLE */
        void requireSpace() throws MediaException;

        /** Moves the file into the library. */
        MediaImage addImage(PartialImage finished) throws MediaException;

        /** Deletes what is stored. */
        void discardImage(PartialImage discarded);
    }

    /**
     * What does not change.
     *
     * @param id random letters and digits
     * @param file with what has arrived
     */
    record Description(String id, String name, String user, Instant started, Path file) {
    }

    private final Description description;
    private final Owner owner;
    private final ReentrantLock appending = new ReentrantLock();
    private volatile long length;
    private volatile long offset;
    private volatile Instant touched;
    private volatile boolean over;

    /** @param length -1 if it is unknown; @param touched when something arrived the last time */
    PartialImage(Description description, long length, long offset, Instant touched, Owner owner) {
        this.description = description;
        this.length = length;
        this.offset = offset;
        this.touched = touched;
        this.owner = owner;
    }

    Path file() {
        return description.file();
    }

    Instant started() {
        return description.started();
    }

    @Override
    public String id() {
        return description.id();
    }

    @Override
    public String name() {
        return description.name();
    }

    @Override
    public String user() {
        return description.user();
    }

    @Override
    public long length() {
        return length;
    }

    /** For a download, whose server tells it later. */
    void setLength(long bytes) {
        length = bytes;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public Instant expires() {
        return touched.plus(LIFETIME);
    }

    /** How much of the disk it will take beyond what it has. */
    long missingBytes() {
        return Math.max(0, length - offset);
    }

    /** As {@link #missingBytes}, but nothing if the upload has rested for a while: it must not keep space from others that it may never use. */
    long reservedBytes() {
        return isAppending() || touched.plus(RESERVATION).isAfter(Instant.now()) ? missingBytes() : 0;
    }

    /** Whether a thread appends. */
    boolean isAppending() {
        return appending.isLocked();
    }

    @Override
    public long appendContent(long from, InputStream content) throws MediaException, IOException {
        lock();
        try {
            if (from != offset) {
                throw new MediaException(Reason.CONFLICT, "The content has to continue at byte " + offset + ".");
            }
            try (FileChannel channel = openFile()) {
                appendAll(channel, content);
            } catch (IOException e) {
                throw over ? ended() : e;
            }
            return offset;
        } finally {
            if (offset != from) {
                touched = Instant.now();
            }
            appending.unlock();
        }
    }

    private FileChannel openFile() throws MediaException {
        try {
            FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (channel.size() != offset) {
                channel.close();
                throw new MediaException(Reason.FAILED, "The disk lost a part of this upload. Delete it, and begin again.");
            }
            return channel.position(offset);
        } catch (MediaException e) {
            throw e;
        } catch (IOException e) {
            throw new MediaException(Reason.UNAVAILABLE, "What has arrived of this upload can't be opened. Delete it, and begin again.", e);
        }
    }

    private void lock() throws MediaException {
        if (!appending.tryLock()) {
            throw new MediaException(Reason.BUSY, "Another request appends to this upload.");
        }
        if (over) {
            appending.unlock();
            throw ended();
        }
    }

    private static MediaException ended() {
        return new MediaException(Reason.NOT_FOUND, "This upload has ended.");
    }

    /** What arrived before the stream or the disk failed is stored, and forced to the disk. */
    private void appendAll(FileChannel channel, InputStream content) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long checked = Long.MIN_VALUE;
        try {
            while (true) {
                if (checked < 0 || offset - checked >= CHECK_BYTES) {
                    owner.requireSpace();
                    checked = offset;
                }
                Filling filling = Filling.read(content, buffer);
                int accepted = length < 0 ? filling.bytes() : (int) Math.min(filling.bytes(), length - offset);
                writeAll(channel, ByteBuffer.wrap(buffer, 0, accepted));
                if (accepted < filling.bytes()) {
                    throw new MediaException(Reason.TOO_LARGE, "There is more content than the " + length + " bytes that were announced.");
                }
                if (filling.failure() != null) {
                    throw filling.failure();
                }
                if (filling.bytes() < buffer.length) {
                    return;
                }
            }
        } finally {
            if (channel.isOpen() && !over) {
                forceContent(channel);
            }
        }
    }

    private static void forceContent(FileChannel channel) throws MediaException {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw new MediaException(Reason.FAILED, "The disk failed while the image was written to it.", e);
        }
    }

    private void writeAll(FileChannel channel, ByteBuffer content) throws MediaException {
        while (content.hasRemaining()) {
            if (over) {
                throw ended();
            }
            try {
                offset += channel.write(content);
            } catch (IOException e) {
                LOG.debug("An image could not be written", e);
                // A full disk is the reason in practice, and only the message tells.
                throw String.valueOf(e.getMessage()).contains("space") || String.valueOf(e.getMessage()).contains("quota")
                        ? new MediaException(Reason.NO_SPACE, "The disk is full. What has arrived is kept, so the upload can continue when there is space.", e)
                        : new MediaException(Reason.FAILED, "The disk failed while the image was written to it.", e);
            }
        }
    }

    /**
     * What a read returned.
     *
     * @param failure why the stream ended early; null if it did not
     */
    private record Filling(int bytes, IOException failure) {

        /** Fills the buffer, unless the stream ends or fails before. */
        static Filling read(InputStream content, byte[] buffer) {
            int filled = 0;
            try {
                while (filled < buffer.length) {
                    int read = content.read(buffer, filled, buffer.length - filled);
                    if (read < 0) {
                        break;
                    }
                    filled += read;
                }
                return new Filling(filled, null);
            } catch (IOException e) {
                return new Filling(filled, e);
            }
        }
    }

    /** Begins again, because the server of a download cannot continue. */
    void restart() throws IOException {
        lock();
        try (FileChannel channel = FileChannel.open(file(), Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            channel.truncate(0);
            offset = 0;
        } finally {
            appending.unlock();
        }
    }

    @Override
    public MediaImage finishUpload() throws MediaException {
        lock();
        try {
            if (length >= 0 && offset != length) {
                throw new MediaException(Reason.CONFLICT, "The image is not complete: " + offset + " of " + length + " bytes have arrived.");
            }
            MediaImage image = owner.addImage(this);
            over = true;
            return image;
        } finally {
            appending.unlock();
        }
    }

    /** Ends an append under way, which finds out at its next write. */
    @Override
    public void discardUpload() {
        over = true;
        owner.discardImage(this);
    }

    /** No more is appended in this life of the component; what is stored stays. */
    void stopAppending() {
        over = true;
    }

    void deleteFile() {
        try {
            Files.deleteIfExists(file());
        } catch (IOException e) {
            LOG.debug("A part of an image could not be deleted; it is tried again at the next start", e);
        }
    }
}
