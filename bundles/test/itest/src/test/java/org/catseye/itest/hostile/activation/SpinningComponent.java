package org.catseye.itest.hostile.activation;

/** A component whose activation uses a core for ever. Packed alone into a jar. */
public final class SpinningComponent {

    private static volatile long rounds;

    public SpinningComponent() {
        while (rounds >= 0) {
            rounds = (rounds + 1) % Integer.MAX_VALUE;
        }
    }
}
