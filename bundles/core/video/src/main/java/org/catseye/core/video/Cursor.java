package org.catseye.core.video;

/** How far one viewer has come through a {@link GroupRing}. Touched by the one thread that asks for frames. */
final class Cursor {

    /** Number of the frame taken last; 0 before the first. */
    private long last;
    /** The least number of frames this viewer was behind since its last key frame. */
    private long least;
    private boolean lost;

    long last() {
        return last;
    }

    /** A frame was taken, and so many newer ones wait. */
    void took(long sequence, boolean key, long behind) {
        last = sequence;
        least = key ? behind : Math.min(least, behind);
        lost = false;
    }

    /**
     * Whether a viewer for whom so many frames wait had better wait for a key frame. Who joins in the middle of a group begins far
     * behind and may catch up; who falls back from where it was is too slow.
     */
    boolean tooFar(long behind) {
        return behind > least + GroupRing.MOST_BEHIND;
    }

    /** The viewer has to wait for the next key frame. */
    void lose() {
        lost = true;
    }

    /** Whether it waits for a key frame. */
    boolean lost() {
        return lost;
    }
}
