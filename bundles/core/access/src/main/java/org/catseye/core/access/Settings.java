package org.catseye.core.access;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.catseye.config.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where things are and how long they last.
 *
 * @param folder of the state
 * @param recheck how often authenticators that do not keep their users here are asked whether these may go on
 * @param trust how long what an authenticator said last counts, if it cannot be asked
 * @param proofAge how old the last proof of a user's identity may be for a change that gives power
 */
record Settings(Path folder, LiveSession.Limits limits, Duration recheck, Duration trust, Duration proofAge) {

    static final String HOME = "catseye.home";

    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    /** @param framework gives the framework properties, null for what is not set */
    static Settings of(AccessConfig config, Function<String, String> framework) {
        String home = Optional.ofNullable(framework.apply(HOME)).orElse(".home");
        Duration idle = Duration.ofHours(within("idleHours", config::idleHours, 720, 12));
        Duration absolute = Duration.ofDays(within("absoluteDays", config::absoluteDays, 365, 7));
        Duration recheck = Duration.ofSeconds(within("recheckSeconds", config::recheckSeconds, 3600, 60));
        Duration trust = Duration.ofMinutes(within("trustMinutes", config::trustMinutes, 1440, 15));
        Duration proofAge = Duration.ofMinutes(within("proofMinutes", config::proofMinutes, AccessConfig.MAX_PROOF_MINUTES, AccessConfig.DEFAULT_PROOF_MINUTES));
        return new Settings(Path.of(home, "access"), new LiveSession.Limits(idle, absolute), recheck, trust, proofAge);
    }

    /** A bad value must not take access control away: nobody could get in to mend it. */
    private static int within(String key, IntSupplier value, int most, int standard) {
        return Limits.within(AccessConfig.PID, key, value, 1, most, standard, LOG::error);
    }
}
