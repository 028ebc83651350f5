package org.catseye.access;

/**
 * The list of all rights. Files, REST and messages use the constant's name. A test names each place that must describe a new one: the page in
 * each language, {@code openapi.json} and {@code docs/security.md}.
 */
public enum Permission {
    /** View the screen, the status and the keyboard lights. */
    VIEW(true, false),
    /** Type and point. */
    CONTROL(true, false),
    /** Attach and eject virtual media. */
    MEDIA(true, false),
    /** Switch the power, reset. */
    POWER(true, false),
    /** Change users, configuration and bundles. */
    ADMIN(false, true);

    private final boolean perTarget;
    private final boolean needsProof;

    Permission(boolean perTarget, boolean needsProof) {
        this.perTarget = perTarget;
        this.needsProof = needsProof;
    }

    /** Whether it can be granted for one target. Otherwise it applies to the whole device, and counts only under {@link Rights#EVERY}. */
    public boolean isPerTarget() {
        return perTarget;
    }

    /** Whether an action that needs this right also needs a recent proof of the user's identity. */
    public boolean needsProof() {
        return needsProof;
    }
}
