package org.catseye.core.video.hub;

/** How far one viewer has come through a {@link GroupRing}. Used by the one thread that asks for this viewer's frames. */
final class ViewerPosition {

    /** Number of the frame that was taken last; 0 before the first. */
    private long lastSequence;
    /** The smallest number of frames by which this viewer was behind since its last key frame. */
    private long minBehind;
    private boolean waitingForKeyFrame;
    /** Whether the frames that follow in the current group are of no use. */
    private boolean skippingGroup;

    long lastSequence() {
        return lastSequence;
    }

    /** A frame was taken, and {@code behind} newer ones are left. */
    void moveTo(long sequence, boolean keyFrame, long behind) {
        lastSequence = sequence;
        minBehind = keyFrame ? behind : Math.min(minBehind, behind);
        waitingForKeyFrame = false;
        skippingGroup = false;
    }

    /** Passes over the rest of the group that this frame belongs to. */
    void skipGroup(long newest) {
        lastSequence = newest;
        skippingGroup = true;
    }

    boolean isSkippingGroup() {
        return skippingGroup;
    }

    /**
     * Whether a viewer that is so far behind is better off with the next key frame. A viewer that joins in the middle of a group
     * begins far behind and may catch up; one that falls further back by more than {@code most} frames is too slow.
     */
    boolean isTooFarBehind(long behind, int most) {
        return behind > minBehind + most;
    }

    void waitForKeyFrame() {
        waitingForKeyFrame = true;
    }

    boolean isWaitingForKeyFrame() {
        return waitingForKeyFrame;
    }
}
