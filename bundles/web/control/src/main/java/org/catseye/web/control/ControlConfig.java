package org.catseye.web.control;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Who types when several people look. */
@ObjectClassDefinition(name = "Catseye control", description = "Who types when several people look at the same computer.")
public @interface ControlConfig {

    String PID = "org.catseye.web.control";

    @AttributeDefinition(name = "Shared control", description = "When on, everybody with the right CONTROL types at the same time. When off, one person "
            + "controls a computer; others ask for it.")
    boolean shared() default false;
}
