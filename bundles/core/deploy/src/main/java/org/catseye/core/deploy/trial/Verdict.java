package org.catseye.core.deploy.trial;

/**
 * How a new version does at one moment.
 *
 * @param reason what is wrong, as a sentence; empty if nothing is
 */
record Verdict(Kind kind, String reason) {

    /** PENDING may still become good. */
    enum Kind { GOOD, PENDING, BAD }

    static final Verdict GOOD = new Verdict(Kind.GOOD, "");

    static Verdict pending(String reason) {
        return new Verdict(Kind.PENDING, reason);
    }

    static Verdict bad(String reason) {
        return new Verdict(Kind.BAD, reason);
    }
}
