package org.catseye.web.control;

/**
 * What one viewer is told of the lease.
 *
 * @param holder user, empty if it is free
 * @param mine whether this viewer may act without asking: he holds it, or it is shared
 * @param asking who asks for it; told to the holder and to who asks, empty for others
 * @param others how many other users have the target open
 */
record LeaseView(String holder, boolean mine, String asking, boolean shared, int others) {

    static LeaseView of(Lease lease, String user, int others) {
        String holder = lease.holder();
        String asking = lease.question().map(Lease.Question::user).filter(one -> one.equals(user) || holder.equals(user)).orElse("");
        return new LeaseView(holder, lease.allows(user), asking, lease.shared(), others);
    }
}
