package org.catseye.web.control.lease;

/**
 * What an operation on the lease changed.
 *
 * @param user who the result is for; for HOLDER_CHANGED the new holder, or empty if the lease is free
 * @param formerHolder for HOLDER_CHANGED: the previous holder, or empty if the lease was free
 * @param reason for HOLDER_CHANGED: how the previous holder lost the lease; for the audit log
 * @param waitSeconds for TOO_SOON: seconds until the user can request control again
 */
public record LeaseOutcome(Result result, String user, String formerHolder, String reason, long waitSeconds) {

    /** The results of requests and of other operations. */
    public enum Result { UNCHANGED, HOLDER_CHANGED, REQUESTED, BUSY, TOO_SOON, DENIED, UNANSWERED }

    static final LeaseOutcome UNCHANGED = forUser(Result.UNCHANGED, "");

    static LeaseOutcome forUser(Result result, String user) {
        return new LeaseOutcome(result, user, "", "", 0);
    }

    static LeaseOutcome holderChanged(String newHolder, String formerHolder, String reason) {
        return new LeaseOutcome(Result.HOLDER_CHANGED, newHolder, formerHolder, reason, 0);
    }

    static LeaseOutcome tooSoon(String user, long waitSeconds) {
        return new LeaseOutcome(Result.TOO_SOON, user, "", "", waitSeconds);
    }
}
