package org.catseye.access;

/** What a session may be allowed to do with a target. */
public enum Permission {
    /** See the picture, the state and the lights. */
    VIEW,
    /** Type and point. */
    CONTROL,
    /** Insert and eject virtual media. */
    MEDIA,
    /** Switch the power, reset. */
    POWER,
    /** Change users, configuration and bundles. Not bound to a target. */
    ADMIN
}
