package org.catseye.web.control.connection;

import java.util.EnumSet;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.web.control.board.TargetBoard;
import org.catseye.web.control.lease.Lease;
import org.catseye.web.control.lease.LeaseOutcome;
import org.catseye.web.control.lease.LeaseOutcome.Result;
import org.catseye.web.control.message.ClientMessage.ControlRequest.Kind;

/** Handles one viewer's requests about who controls the target. */
final class ControlRequests {

    /** The requests with which one user alone can change who is in control; their rate is limited. */
    private static final Set<Kind> LIMITED = EnumSet.of(Kind.REQUEST, Kind.RELEASE, Kind.TAKE);

    private final String user;
    private final TargetBoard board;
    private final ViewerRights rights;
    private final ErrorSender errors;

    ControlRequests(String user, TargetBoard board, ViewerRights rights, ErrorSender errors) {
        this.user = user;
        this.board = board;
        this.rights = rights;
        this.errors = errors;
    }

    void handleRequest(Kind kind, long nowNanos) {
        if (!checkPermission(kind)) {
            return;
        }
        if (LIMITED.contains(kind) && !board.tryLeaseChange(user, nowNanos)) {
            errors.sendError("too_many", "you request control of " + board.id() + ", take it or release it more than "
                + TargetBoard.MAX_LEASE_CHANGES_PER_SECOND + " times a second; this request is not done, try again in a moment");
            return;
        }
        LeaseOutcome outcome = applyRequest(kind, nowNanos);
        if (outcome.result() == Result.BUSY) {
            errors.sendError("busy", "another user currently requests control of " + board.id() + "; try again in a moment");
        } else if (outcome.result() == Result.TOO_SOON) {
            errors.sendError("too_soon", "your last request for control of " + board.id() + " was not granted; other users get a turn now, try again in "
                + outcome.waitSeconds() + " s");
        } else {
            board.applyOutcome(outcome);
        }
    }

    private boolean checkPermission(Kind kind) {
        if (kind == Kind.TAKE && !(rights.hasPermission(Permission.CONTROL) && rights.hasPermission(Permission.ADMIN))) {
            errors.sendError("forbidden", "only an administrator can take control; request it instead");
            return false;
        }
        if (!rights.hasPermission(Permission.CONTROL)) {
            sendForbidden();
            return false;
        }
        return true;
    }

    void sendForbidden() {
        errors.sendError("forbidden", "you can view " + board.id() + " but not control it; an administrator can allow it");
    }

    private LeaseOutcome applyRequest(Kind kind, long nowNanos) {
        Lease lease = board.lease();
        return switch (kind) {
            case REQUEST -> lease.requestControl(user, nowNanos);
            case GRANT -> lease.answerRequest(user, true, nowNanos);
            case DENY -> lease.answerRequest(user, false, nowNanos);
            case TAKE -> lease.takeControl(user, nowNanos);
            case RELEASE -> lease.releaseControl(user, nowNanos);
        };
    }

    /** Sends the result of this user's request, if it failed. */
    void reportResult(Result result) {
        if (result == Result.DENIED) {
            errors.sendAnswer("denied", board.lease().holder() + " keeps control");
        } else if (result == Result.UNANSWERED) {
            errors.sendAnswer("denied", board.lease().holder() + " did not answer within " + Lease.ANSWER_TIMEOUT_SECONDS + " s and keeps control");
        }
    }

    /** Whether the user holds the lease, or gets it because it is free. */
    boolean acquireControl(long nowNanos) {
        return board.acquireControl(user, nowNanos);
    }
}
