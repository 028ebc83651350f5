package org.catseye.core.access;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How long people stay logged in. */
@ObjectClassDefinition(name = "Catseye access", description = "How long people stay logged in.")
@interface AccessConfig {

    String PID = "org.catseye.core.access";

    @AttributeDefinition(name = "Idle hours", min = "1", max = "720",
            description = "A login ends when it was not used for this many hours, 1 to 720. An open console page counts as use.")
    int idleHours() default 12;

    @AttributeDefinition(name = "Longest days", min = "1", max = "365",
            description = "A login ends this many days after it began, however much it is used, 1 to 365.")
    int absoluteDays() default 7;
}
