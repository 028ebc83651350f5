package org.catseye.web.control.lease;

import java.time.Duration;

/**
 * How long a user keeps control.
 *
 * @param shared all users control at the same time, and no user holds the lease
 * @param idle time without input after which the lease is free; zero for never
 * @param grace time after the holder's last connection was lost
 */
public record LeaseRules(boolean shared, Duration idle, Duration grace) {
}
