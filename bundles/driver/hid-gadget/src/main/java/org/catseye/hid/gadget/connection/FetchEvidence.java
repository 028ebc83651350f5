package org.catseye.hid.gadget.connection;

/** Evidence that the host fetches keys. The state "configured" alone only means that it once configured the device. */
enum FetchEvidence {
    NONE,
    /** A report is waiting to be fetched. */
    PROBED,
    /** The host has just fetched it. */
    FETCHED,
    CONFIRMED
}
