package org.catseye.core.access;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How long users stay logged in. */
@ObjectClassDefinition(name = "Catseye: access", description = "How long users stay logged in, and when they must prove their identity again.")
@interface AccessConfig {

    String PID = "org.catseye.core.access";
    /** Of each number. */
    int MIN_VALUE = 1;
    int DEFAULT_IDLE_HOURS = 12;
    int MAX_IDLE_HOURS = 720;
    int DEFAULT_ABSOLUTE_DAYS = 7;
    int MAX_ABSOLUTE_DAYS = 365;
    int DEFAULT_RECHECK_SECONDS = 60;
    int MAX_RECHECK_SECONDS = 3600;
    int DEFAULT_TRUST_MINUTES = 15;
    int MAX_TRUST_MINUTES = 1440;
    int DEFAULT_PROOF_MINUTES = 15;
    int MAX_PROOF_MINUTES = 480;

    @AttributeDefinition(name = "Idle hours", min = "" + MIN_VALUE, max = "" + MAX_IDLE_HOURS,
            description = "A login ends after this many hours without use, 1 to " + MAX_IDLE_HOURS + ". An open console page counts as use.")
    int idleHours() default DEFAULT_IDLE_HOURS;

    @AttributeDefinition(name = "Maximum days", min = "" + MIN_VALUE, max = "" + MAX_ABSOLUTE_DAYS,
            description = "A login ends this many days after its start, even while it is used, 1 to " + MAX_ABSOLUTE_DAYS + ".")
    int absoluteDays() default DEFAULT_ABSOLUTE_DAYS;

    @AttributeDefinition(name = "Recheck seconds", min = "" + MIN_VALUE, max = "" + MAX_RECHECK_SECONDS,
            description = "Users whose accounts are kept elsewhere, such as in LDAP, are looked up again at this interval while they are logged in, 1 to "
                    + MAX_RECHECK_SECONDS + " s. Users who were removed there are logged out here.")
    int recheckSeconds() default DEFAULT_RECHECK_SECONDS;

    @AttributeDefinition(name = "Trust minutes", min = "" + MIN_VALUE, max = "" + MAX_TRUST_MINUTES,
            description = "While the directory with the accounts is unavailable, logged-in users may continue for this many minutes, 1 to "
                    + MAX_TRUST_MINUTES + ".")
    int trustMinutes() default DEFAULT_TRUST_MINUTES;

    @AttributeDefinition(name = "Proof minutes", min = "" + MIN_VALUE, max = "" + MAX_PROOF_MINUTES,
            description = "Changes to users, rights, API tokens, bundles and settings require the password or a code again if the user last entered one more than "
                    + "this many minutes ago, 1 to " + MAX_PROOF_MINUTES + ".")
    int proofMinutes() default DEFAULT_PROOF_MINUTES;
}
