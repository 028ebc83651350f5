package org.catseye.web.control;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Who types when several people look. */
@ObjectClassDefinition(name = "Catseye: control", description = "Who types when several people look at the same computer.")
public @interface ControlConfig {

    String PID = "org.catseye.web.control";

    @AttributeDefinition(name = "Shared control", description = "When on, everybody with the right CONTROL types at the same time. When off, one person "
            + "controls a computer; others ask for it.")
    boolean shared() default false;

    @AttributeDefinition(name = "Idle minutes", min = "0", max = "1440", description = "Control is free for others when the one who has it has not typed or "
            + "pointed for this many minutes, 0 to 1440. 0: it is kept as long as the page is open.")
    int idleMinutes() default 15;

    @AttributeDefinition(name = "Grace seconds", min = "0", max = "300", description = "When the page of the one in control closes or loses its connection, control is "
            + "kept for this many seconds, 0 to 300, so that a reload does not lose it.")
    int graceSeconds() default 10;
}
