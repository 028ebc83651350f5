package org.catseye.hid.gadget.fake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.catseye.hid.gadget.drives.DriveUnit;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;

/** A logical unit with the rules of the kernel (storage_common.c of Linux 6.1), and the remote computer at its other end. Thread-safe. */
public final class FakeUnit implements DriveUnit {

    private static final int ETOOSMALL = 525;

    public final List<String> writes = new ArrayList<>();
    /** Whether the kernel may not write to media, and inserts them read-only instead. */
    public volatile boolean mediaNotWritable;
    private final boolean cdrom;
    private String file = "";
    private String readOnly;
    private boolean locked;
    private int refusals;
    private boolean removed;
    private volatile CountDownLatch transfer = new CountDownLatch(0);

    public FakeUnit(boolean cdrom) {
        this.cdrom = cdrom;
        this.readOnly = cdrom ? "1" : "0";
    }

    @Override
    public synchronized void requireUsable() throws IOException {
        if (removed) {
            throw new IOException("The USB gadget is not set up: run \"sudo catseye-gadget up\".");
        }
    }

    @Override
    public String readValue(String name) throws IOException {
        awaitTransfer();
        synchronized (this) {
            return name.equals(FILE) ? file : readOnly;
        }
    }

    @Override
    public void writeValue(String name, String value) throws IOException {
        awaitTransfer();
        synchronized (this) {
            writes.add(name + "=" + value);
            switch (name) {
                case READ_ONLY -> {
                    failIf(!file.isEmpty(), Errno.EBUSY.code());
                    readOnly = value;
                }
                case FORCED_EJECT -> ejectAsHost();
                default -> changeFile(value);
            }
        }
    }

    private void changeFile(String path) throws IOException {
        if (locked && !file.isEmpty() && refusals > 0 && --refusals == 0) {
            locked = false;
        }
        failIf(locked && !file.isEmpty(), Errno.EBUSY.code());
        if (!path.isEmpty()) {
            failIf(path.startsWith("/dev/null/"), Errno.ENOTDIR.code());
            failIf(!Files.exists(Path.of(path)), Errno.ENOENT.code());
            failIf(Files.size(Path.of(path)) < (cdrom ? 300 * 2048 : 512), ETOOSMALL);
            readOnly = mediaNotWritable ? "1" : readOnly;
        }
        file = path;
    }

    private static void failIf(boolean condition, int code) throws ErrnoException {
        if (condition) {
            throw new ErrnoException("write", FILE, code);
        }
    }

    private void awaitTransfer() {
        // Like the kernel's semaphore: no interrupt ends it.
        for (CountDownLatch current = transfer;;) {
            try {
                current.await();
                return;
            } catch (InterruptedException e) {
                continue;
            }
        }
    }

    /** The remote computer stops in the middle of a transfer until the latch is counted down. */
    public CountDownLatch stopTransfer() {
        transfer = new CountDownLatch(1);
        return transfer;
    }

    public synchronized void lockAsHost(boolean on) {
        locked = on;
    }

    /** The remote computer unlocks the drive after this many attempts to change the medium. */
    public synchronized void unlockAfterRefusals(int count) {
        refusals = count;
    }

    public synchronized void ejectAsHost() {
        locked = false;
        file = "";
    }

    public synchronized Optional<byte[]> readAsHost() throws IOException {
        return file.isEmpty() ? Optional.empty() : Optional.of(Files.readAllBytes(Path.of(file)));
    }

    public synchronized void writeAsHost(byte[] sector) throws IOException {
        failIf(readOnly.equals("1"), Errno.EROFS.code());
        try (var medium = Files.newByteChannel(Path.of(file), StandardOpenOption.WRITE)) {
            medium.write(java.nio.ByteBuffer.wrap(sector));
        }
    }

    public synchronized void remove() {
        removed = true;
    }
}
