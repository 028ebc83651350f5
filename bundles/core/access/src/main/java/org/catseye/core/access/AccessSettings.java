package org.catseye.core.access;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.catseye.core.access.session.SessionLimits;
import org.catseye.options.Options;
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

    /**
     * @param properties of the configuration
     * @param framework returns framework properties, null for one that is not set
     */
    static AccessSettings fromProperties(Map<String, ?> properties, Function<String, String> framework) {
        String home = Optional.ofNullable(framework.apply(HOME)).orElse(".home");
        Options options = new Options(AccessConfig.PID, properties);
        Duration idle = Duration.ofHours(readLimit(options, "idleHours", AccessConfig.DEFAULT_IDLE_HOURS, AccessConfig.MAX_IDLE_HOURS));
        Duration absolute = Duration.ofDays(readLimit(options, "absoluteDays", AccessConfig.DEFAULT_ABSOLUTE_DAYS, AccessConfig.MAX_ABSOLUTE_DAYS));
        Duration recheck = Duration.ofSeconds(
                readLimit(options, "recheckSeconds", AccessConfig.DEFAULT_RECHECK_SECONDS, AccessConfig.MAX_RECHECK_SECONDS));
        Duration trust = Duration.ofMinutes(readLimit(options, "trustMinutes", AccessConfig.DEFAULT_TRUST_MINUTES, AccessConfig.MAX_TRUST_MINUTES));
        Duration proofAge = Duration.ofMinutes(readLimit(options, "proofMinutes", AccessConfig.DEFAULT_PROOF_MINUTES, AccessConfig.MAX_PROOF_MINUTES));
        return new AccessSettings(Path.of(home, "access"), new SessionLimits(idle, absolute), recheck, trust, proofAge);
    }

    /** A bad value must not stop access control: no user could log in to correct it. */
    private static int readLimit(Options options, String key, int defaultValue, int max) {
        return options.readNumberOrDefault(key, defaultValue, AccessConfig.MIN_VALUE, max, LOG::error);
    }
}
