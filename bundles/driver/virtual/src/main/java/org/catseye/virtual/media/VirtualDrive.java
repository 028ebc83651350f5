package org.catseye.virtual.media;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.catseye.config.BadValueException;
import org.catseye.media.MediaKind;
import org.catseye.media.spi.DriveLockedException;
import org.catseye.media.spi.DriveReading;
import org.catseye.media.spi.MediaDrive;
import org.catseye.media.spi.Medium;

/** A drive of the virtual computer: the side of Catseye and, as a {@link Slot}, the side of the computer. Thread-safe. */
public final class VirtualDrive implements MediaDrive, Slot, Closeable {

    private final MediaKind kind;
    private final Optional<BadValueException> fault;
    /** Guarded by this, as are the fields below; null for an empty drive. */
    private Content content;
    private boolean locked;
    private boolean closed;

    private record Content(Medium medium, FileChannel file, Inserted inserted) {
    }

    /** @param fault why the computer does not exist; empty if it does */
    public VirtualDrive(MediaKind kind, Optional<BadValueException> fault) {
        this.kind = kind;
        this.fault = fault;
    }

    @Override
    public Set<MediaKind> supportedKinds() {
        return Set.of(kind);
    }

    @Override
    public boolean supportsWriting() {
        return kind == MediaKind.DISK;
    }

    @Override
    public synchronized DriveReading readDrive() throws IOException {
        requireUsable();
        return new DriveReading(Optional.ofNullable(content).map(Content::medium), locked);
    }

    private void requireUsable() throws IOException {
        if (fault.isPresent()) {
            throw fault.get();
        }
        if (closed) {
            throw new IOException("The simulated computer has been removed.");
        }
    }

    @Override
    public synchronized void insertMedium(Medium medium) throws IOException {
        requireUsable();
        if (content != null && locked) {
            throw new DriveLockedException();
        }
        Content next = openContent(medium);
        removeContent();
        content = next;
    }

    private static Content openContent(Medium medium) throws IOException {
        Set<OpenOption> options = new HashSet<>(Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        if (!medium.readOnly()) {
            options.add(StandardOpenOption.WRITE);
        }
        FileChannel file;
        try {
            file = FileChannel.open(medium.file(), options);
        } catch (NoSuchFileException e) {
            throw new IOException("The file " + medium.file().getFileName() + " does not exist any more.", e);
        }
        try {
            return new Content(medium, file, new Inserted(Volume.readVolume(file), file.size(), medium.readOnly()));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public synchronized void ejectMedium(boolean force) throws IOException {
        requireUsable();
        if (content != null && locked && !force) {
            throw new DriveLockedException();
        }
        removeContent();
    }

    private void removeContent() throws IOException {
        Content old = content;
        content = null;
        locked = false;
        if (old != null) {
            old.file().close();
        }
    }

    @Override
    public synchronized Optional<Inserted> inserted() {
        return Optional.ofNullable(content).map(Content::inserted);
    }

    @Override
    public synchronized void setLocked(boolean on) {
        locked = on && content != null;
    }

    @Override
    public synchronized void ejectMedium() {
        try {
            removeContent();
        } catch (IOException e) {
            // The file is no longer used, which is what matters.
        }
    }

    @Override
    public synchronized void writeFirstSector(byte[] bytes) throws IOException {
        if (content == null) {
            throw new IOException("no medium found");
        }
        if (content.medium().readOnly()) {
            throw new IOException("the medium is write-protected");
        }
        content.file().write(ByteBuffer.wrap(bytes), 0);
        content.file().force(false);
    }

    /** The bytes of the medium as the computer reads them, for tests; empty without one. */
    synchronized Optional<byte[]> readBytes() throws IOException {
        if (content == null) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) content.file().size());
        while (bytes.hasRemaining() && content.file().read(bytes, bytes.position()) > 0) {
            // A read may return fewer bytes than there are.
        }
        return Optional.of(bytes.array());
    }

    /** The computer is gone: the file is closed, and everything fails from now on. */
    @Override
    public synchronized void close() {
        ejectMedium();
        closed = true;
    }
}
