package org.catseye.web.control.lease;

/**
 * A pending request for control.
 *
 * @param user who requests it
 * @param deadlineNanos when the request counts as denied, as {@link System#nanoTime}
 */
public record LeaseRequest(String user, long deadlineNanos) {
}
