package org.catseye.access;

/**
 * All permissions. Files, the REST API and messages use the constant's name. Every new permission must be described in the page's
 * message files for each language, in {@code openapi.json} and in {@code docs/security.md}; a test checks this.
 */
public enum Permission {
    /** View the screen, the status and the keyboard lights. */
    VIEW(true, false),
    /** Use the keyboard and the pointer. */
    CONTROL(true, false),
    /** Add images to the library; attach them, for writing too, and eject them. */
    MEDIA(true, false),
    /** Attach images of the library read-only, and eject them. Whoever has {@link #MEDIA} has this too. */
    MEDIA_READ_ONLY(true, false),
    /** Switch the power and reset. */
    POWER(true, false),
    /** Change users, configuration and bundles. */
    ADMIN(false, true);

    private final boolean perTarget;
    private final boolean needsProof;

    Permission(boolean perTarget, boolean needsProof) {
        this.perTarget = perTarget;
        this.needsProof = needsProof;
    }

    /**
     * Whether the permission can be granted for a single target. If not, it applies to the whole device and takes effect only
     * under {@link Rights#EVERY}.
     */
    public boolean isPerTarget() {
        return perTarget;
    }

    /** Whether a user with another permission for a target has this one too. */
    public boolean isImpliedBy(Permission other) {
        return this == other || this == MEDIA_READ_ONLY && other == MEDIA;
    }

    /** Whether an action that requires this permission also requires the user to have confirmed their identity recently. */
    public boolean needsProof() {
        return needsProof;
    }
}
