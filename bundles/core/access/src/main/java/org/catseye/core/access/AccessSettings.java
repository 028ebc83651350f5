package org.catseye.core.access;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.catseye.config.Limits;
import org.catseye.core.access.session.SessionLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration with its limits applied.
 *
 * @param folder of {@code sessions.json}
 * @param recheck how often authenticators that keep their users elsewhere are asked whether these may continue
 * @param trust how long the last answer of an authenticator applies while it is unavailable
 * @param proofAge how old the last proof of a user's identity may be for a change that gives power
 */
public record AccessSettings(Path folder, SessionLimits limits, Duration recheck, Duration trust, Duration proofAge) {

    private static final String HOME = "catseye.home";
    private static final Logger LOG = LoggerFactory.getLogger(AccessSettings.class);

    /** @param framework returns framework properties, null for one that is not set */
    static AccessSettings fromConfig(AccessConfig config, Function<String, String> framework) {
        String home = Optional.ofNullable(framework.apply(HOME)).orElse(".home");
        Duration idle = Duration.ofHours(limitValue("idleHours", config::idleHours, AccessConfig.MAX_IDLE_HOURS, AccessConfig.DEFAULT_IDLE_HOURS));
        Duration absolute = Duration.ofDays(
                limitValue("absoluteDays", config::absoluteDays, AccessConfig.MAX_ABSOLUTE_DAYS, AccessConfig.DEFAULT_ABSOLUTE_DAYS));
        Duration recheck = Duration.ofSeconds(
                limitValue("recheckSeconds", config::recheckSeconds, AccessConfig.MAX_RECHECK_SECONDS, AccessConfig.DEFAULT_RECHECK_SECONDS));
        Duration trust = Duration.ofMinutes(
                limitValue("trustMinutes", config::trustMinutes, AccessConfig.MAX_TRUST_MINUTES, AccessConfig.DEFAULT_TRUST_MINUTES));
        Duration proofAge = Duration.ofMinutes(
                limitValue("proofMinutes", config::proofMinutes, AccessConfig.MAX_PROOF_MINUTES, AccessConfig.DEFAULT_PROOF_MINUTES));
        return new AccessSettings(Path.of(home, "access"), new SessionLimits(idle, absolute), recheck, trust, proofAge);
    }

    /** A bad value must not stop access control: no user could log in to correct it. */
    private static int limitValue(String key, IntSupplier value, int max, int standard) {
        return Limits.within(AccessConfig.PID, key, value, 1, max, standard, LOG::error);
    }
}
