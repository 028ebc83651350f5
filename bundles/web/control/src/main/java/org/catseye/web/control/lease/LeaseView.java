package org.catseye.web.control.lease;

/**
 * The lease as one viewer sees it.
 *
 * @param holder user; empty if the lease is free
 * @param mine whether this viewer can act without a request: the viewer holds the lease, or it is shared
 * @param requester who requests control; shown to the holder and to the requester, empty for others
 * @param otherUsers number of other users that have the target open
 */
public record LeaseView(String holder, boolean mine, String requester, boolean shared, int otherUsers) {

    public static LeaseView createView(Lease lease, String user, int otherUsers) {
        String holder = lease.holder();
        String requester = lease.pendingRequest().map(LeaseRequest::user)
            .filter(requesting -> requesting.equals(user) || holder.equals(user)).orElse("");
        return new LeaseView(holder, lease.mayAct(user), requester, lease.isShared(), otherUsers);
    }
}
