package org.catseye.core.deploy.plugin;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the plug-ins; PID {@value #PID}. */
@ObjectClassDefinition(name = "Catseye: plug-ins", description = "How long a new version of a plug-in is watched before it stays.")
public @interface TrialConfig {

    String PID = "org.catseye.core.deploy";
    /** Longer than a version has to work before it stays. */
    int MIN_SECONDS = 6;
    int MAX_SECONDS = 120;
    int DEFAULT_SECONDS = 10;

    @AttributeDefinition(name = "Trial (seconds)", required = false, min = "" + MIN_SECONDS, max = "" + MAX_SECONDS,
            description = "If a new version does not run after this time, or something no longer works that worked before, the previous version is "
                    + "restored. A version that works for a few seconds without interruption stays earlier.")
    int trialSeconds() default DEFAULT_SECONDS;
}
