package org.catseye.board.health.source;

/** Whether a value is too high, with a distance between entering and leaving, so that a value near the limit does not go back and forth. */
final class Threshold {

    private boolean exceeded;

    /** @param leave below this value it is no longer exceeded; less than {@code enter} */
    boolean update(double value, double enter, double leave) {
        exceeded = value >= (exceeded ? leave : enter);
        return exceeded;
    }
}
