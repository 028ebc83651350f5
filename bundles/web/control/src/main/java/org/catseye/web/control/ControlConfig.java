package org.catseye.web.control;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the control sockets; PID {@value #PID}. */
@ObjectClassDefinition(name = "Catseye: control", description = "Which user controls a computer that several users view.")
public @interface ControlConfig {

    /** The configuration PID. */
    String PID = "org.catseye.web.control";

    /** Default of {@link #shared()}. */
    boolean DEFAULT_SHARED = false;

    /** Limit and default of {@link #idleMinutes()}. */
    int MAX_IDLE_MINUTES = 1440;
    int DEFAULT_IDLE_MINUTES = 15;

    /** Limit and default of {@link #graceSeconds()}. */
    int MAX_GRACE_SECONDS = 300;
    int DEFAULT_GRACE_SECONDS = 10;

    @AttributeDefinition(name = "Shared control", description = "When on, all users with the permission CONTROL can type at the same time. "
            + "When off, one user controls a computer, and others request control.")
    boolean shared() default DEFAULT_SHARED;

    @AttributeDefinition(name = "Idle minutes", min = "0", max = "" + MAX_IDLE_MINUTES, description = "Other users can take over control when the "
            + "user in control has not typed or moved the pointer for this many minutes, 0 to " + MAX_IDLE_MINUTES
            + ". 0: control is kept as long as the page is open.")
    int idleMinutes() default DEFAULT_IDLE_MINUTES;

    @AttributeDefinition(name = "Grace seconds", min = "0", max = "" + MAX_GRACE_SECONDS, description = "When the page of the user in control is "
            + "closed or loses its connection, control is kept for this many seconds, 0 to " + MAX_GRACE_SECONDS
            + ", so that a reload does not lose it.")
    int graceSeconds() default DEFAULT_GRACE_SECONDS;
}
