package org.catseye.jpeg;

import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A share in the memory for all pictures that are decoded and encoded here. Only one thread uses a share; the shares are of several. */
public final class PictureMemory implements AutoCloseable {

    /** All pictures together. With its encoded picture, a pixel can take 10 bytes of a heap of 96 MiB. */
    private static final int MAX_PIXELS = 2560 * 1600;
    /** Longer than most pictures take to be encoded. */
    private static final long PATIENCE_MILLIS = 1_000;

    /**
     * For smaller pictures of other pictures, which must not take the place of these: two of 1920x1080, because a viewer that changes its
     * quality needs both for some seconds. A pixel takes 3 bytes decoded, 4 at most scaled and about one encoded, so both take 33 MB at most.
     */
    private static final int MAX_COPIED_PIXELS = 2 * 1920 * 1080;

    private static final Semaphore FREE = new Semaphore(MAX_PIXELS);
    private static final Semaphore FREE_FOR_COPIES = new Semaphore(MAX_COPIED_PIXELS);

    private final Semaphore free;
    private final int max;
    private int reserved;

    /** Memory for pictures of a screen. */
    public PictureMemory() {
        this(FREE, MAX_PIXELS);
    }

    private PictureMemory(Semaphore free, int max) {
        this.free = free;
        this.max = max;
    }

    /** Memory for pictures that are made from others, such as for slow lines. It never takes any from those of screens. */
    public static PictureMemory forCopies() {
        return new PictureMemory(FREE_FOR_COPIES, MAX_COPIED_PIXELS);
    }

    /**
     * Reserves memory for a picture, in place of the one before. Waits a moment for others to release theirs.
     *
     * @param width pixels, 0 or more; the same for height
     * @return false if there is not enough; {@link #describeShortage} is the message for the user
     */
    public boolean tryReserve(int width, int height) throws InterruptedException {
        close();
        long pixels = (long) width * height;
        if (pixels > max || !free.tryAcquire((int) pixels, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
            return false;
        }
        reserved = (int) pixels;
        return true;
    }

    /** Why a picture of this size cannot be shown; one sentence for the user. */
    public static String describeShortage(int width, int height) {
        return String.format(Locale.ROOT, "The screen of %dx%d pixels needs more memory than is available: the screens of all virtual machines and VNC servers"
            + " in use can have %,d pixels together.", width, height, MAX_PIXELS);
    }

    /** Releases the memory. */
    @Override
    public void close() {
        free.release(reserved);
        reserved = 0;
    }
}
