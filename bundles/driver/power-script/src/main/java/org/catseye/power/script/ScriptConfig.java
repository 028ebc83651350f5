package org.catseye.power.script;

import org.catseye.targets.Target;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The form for one program. The driver reads the values through {@link ScriptSettings#parseSettings}, which also checks them. */
@ObjectClassDefinition(name = "Catseye: Power script", description = "A program on this device that switches a computer, such as a shell script.")
public @interface ScriptConfig {

    /** The factory PID of the form; configured instances add {@code ~name}. */
    String PID = "org.catseye.power.script";

    String LABEL = "Power script";

    @AttributeDefinition(name = "Name of the configuration", description = "Shown in lists of configurations.")
    String webconsole_configurationFactory_nameHint() default "{kvm.target}: {program}";

    @AttributeDefinition(name = "Target", description = "The id of the target that the program switches: letters, digits, dot, dash and underscore.")
    String kvm_target() default Target.DEFAULT;

    @AttributeDefinition(name = "Label", description = "The name for users.")
    String kvm_label() default LABEL;

    @AttributeDefinition(name = "Program", description = "The full path of the program, in the folder scripts of Catseye's home or in " + ScriptPlace.SYSTEM_FOLDER
        + ". It must belong to root or to the user that runs Catseye, and other users must not be able to change it. It gets one argument: status, or the"
        + " action.")
    String program() default "";

    @AttributeDefinition(name = "Actions", description = "The actions that the program performs: some of on, off, cycle, press, hold, reset, wake.")
    String[] actions() default {"on", "off"};
}
