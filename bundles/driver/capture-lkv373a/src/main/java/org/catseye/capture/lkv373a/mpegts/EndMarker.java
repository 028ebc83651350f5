package org.catseye.capture.lkv373a.mpegts;

/**
 * Learns whether a feature of the stream marks the end of a unit. The marker is trusted after it was present at enough ends in a row
 * and never elsewhere. After an exception it must be present at many more ends. For one thread.
 */
final class EndMarker {

    private static final int EXCEPTION_FACTOR = 16;
    private static final int MAX_REQUIRED_ENDS = 1 << 20;

    private final int initiallyRequiredEnds;
    private int requiredEnds;
    private int endsInARow;
    private boolean present;

    /** @param requiredEnds at how many ends in a row the marker must be present before it is trusted */
    EndMarker(int requiredEnds) {
        this.initiallyRequiredEnds = requiredEnds;
        this.requiredEnds = requiredEnds;
    }

    /** Sets whether the marker is currently present. */
    void setPresent(boolean now) {
        present = now;
    }

    /** Whether the marker is present and shows the end of the unit. */
    boolean isTrustedEnd() {
        return present && endsInARow >= requiredEnds;
    }

    /** A unit ended at the current position. */
    void confirmEnd() {
        endsInARow = present ? endsInARow + 1 : endsInARow;
        present = false;
    }

    /** The unit continues at the current position. @return whether the marker was present, and so was wrong */
    boolean refuteEnd() {
        if (!present) {
            return false;
        }
        present = false;
        endsInARow = 0;
        requiredEnds = Math.min(requiredEnds * EXCEPTION_FACTOR, MAX_REQUIRED_ENDS);
        return true;
    }

    /** Data was lost, so the marker's presence proves nothing. */
    void ignorePresence() {
        present = false;
    }

    /** Forgets everything, because another stream begins. */
    void resetLearning() {
        present = false;
        endsInARow = 0;
        requiredEnds = initiallyRequiredEnds;
    }
}
