package org.catseye.capture.lkv373a;

/**
 * Something in a stream that looks like the end of a unit, and is learnt to be one: believed once it was seen at enough ends in a
 * row and never elsewhere, and after an exception only once that is long ago. One thread.
 */
final class Sign {

    private static final int SLOWER = 16;
    private static final int MOST = 1 << 20;

    private final int atFirst;
    private int proof;
    private int ends;
    private boolean shown;

    /** @param proof at so many ends in a row it must be seen */
    Sign(int proof) {
        this.atFirst = proof;
        this.proof = proof;
    }

    /** Whether it is to be seen just now. */
    void show(boolean now) {
        shown = now;
    }

    boolean believed() {
        return shown && ends >= proof;
    }

    /** A unit ended here. */
    void atEnd() {
        ends = shown ? ends + 1 : ends;
        shown = false;
    }

    /** The unit goes on. @return whether the sign was there, and wrong */
    boolean inside() {
        if (!shown) {
            return false;
        }
        shown = false;
        ends = 0;
        proof = Math.min(proof * SLOWER, MOST);
        return true;
    }

    /** What is shown says nothing: something is missing. */
    void missed() {
        shown = false;
    }

    /** Another stream begins. */
    void reset() {
        shown = false;
        ends = 0;
        proof = atFirst;
    }
}
