package org.catseye.qemu.discovery;

import org.catseye.targets.Target;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The form for the search. */
@ObjectClassDefinition(name = "Catseye: Search for virtual machines", description = "Where Catseye looks for virtual machines of QEMU that are not configured yet.")
public @interface DiscoveryConfig {

    String PID = "org.catseye.qemu.discovery";
    String FOLDER = "/run/machines";

    @AttributeDefinition(name = "Target", description = "The target whose self-check offers the machines that were found.")
    String kvm_target() default Target.DEFAULT;

    @AttributeDefinition(name = "Folder", description = "A folder with sockets: NAME.qmp for QMP and NAME.vnc for VNC. Running processes of QEMU are found"
        + " as well.")
    String folder() default FOLDER;
}
