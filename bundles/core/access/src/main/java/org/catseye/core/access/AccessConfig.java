package org.catseye.core.access;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How long people stay logged in. */
@ObjectClassDefinition(name = "Catseye: access", description = "How long people stay logged in.")
@interface AccessConfig {

    String PID = "org.catseye.core.access";
    int DEFAULT_PROOF_MINUTES = 15;
    int MAX_PROOF_MINUTES = 480;

    @AttributeDefinition(name = "Idle hours", min = "1", max = "720",
            description = "A login ends when it was not used for this many hours, 1 to 720. An open console page counts as use.")
    int idleHours() default 12;

    @AttributeDefinition(name = "Longest days", min = "1", max = "365",
            description = "A login ends this many days after it began, however much it is used, 1 to 365.")
    int absoluteDays() default 7;

    @AttributeDefinition(name = "Check again after seconds", min = "1", max = "3600",
            description = "People whose accounts are kept elsewhere, such as in LDAP, are looked up again this often while they are logged in, 1 to 3600 s. "
                    + "Whoever is gone there is logged out here.")
    int recheckSeconds() default 60;

    @AttributeDefinition(name = "Trust minutes", min = "1", max = "1440",
            description = "While the place that keeps the accounts cannot be asked, those who are logged in may go on for this many minutes, 1 to 1440.")
    int trustMinutes() default 15;

    @AttributeDefinition(name = "Proof minutes", min = "1", max = "" + MAX_PROOF_MINUTES,
            description = "Changes to users, rights, API tokens, bundles and settings ask for the password or a code again when the user gave it more than this "
                    + "many minutes ago, 1 to " + MAX_PROOF_MINUTES + ".")
    int proofMinutes() default DEFAULT_PROOF_MINUTES;
}
