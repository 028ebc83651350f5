package org.catseye.core.targets;

import org.catseye.targets.Target;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A remote computer. */
@ObjectClassDefinition(name = "Catseye: target", description = "A remote computer and its name.")
public @interface TargetConfig {

    /** The factory PID. */
    String PID = "org.catseye.core.target";

    @AttributeDefinition(name = "Id", description = "Short name used in addresses (URLs) and by devices: letters, digits, dot, dash, "
            + "underscore. Devices without a target serve the target \"default\".")
    String id() default Target.DEFAULT;

    @AttributeDefinition(name = "Label", description = "The name shown to users.")
    String label() default "";

    @AttributeDefinition(name = "Pointer area", description = "If the remote computer has several screens: the part of its desktop that the "
            + "picture shows, as left, top, width and height in percent. Of two equal screens side by side the left one is 0,0,50,100 and the "
            + "right one 50,0,50,100. Empty: the whole desktop.")
    String pointerArea() default "";
}
