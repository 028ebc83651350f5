package org.catseye.qemu;

import org.catseye.targets.Target;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The form for one virtual machine. The driver reads the values through {@link QemuSettings#parseSettings}, which also checks them. */
@ObjectClassDefinition(name = "Catseye: Virtual machine (QEMU)", description = "The power and the drives of a virtual machine of QEMU, over QMP.")
public @interface QemuConfig {

    /** The factory PID of the form; configured instances add {@code ~name}. */
    String PID = "org.catseye.qemu";

    String LABEL = "Virtual machine";
    int MAX_PORT = 65_535;

    @AttributeDefinition(name = "Name of the configuration", description = "Shown in lists of configurations.")
    String webconsole_configurationFactory_nameHint() default "{kvm.target}: {socket}{host}";

    @AttributeDefinition(name = "Target", description = "The id of the target that the virtual machine is: letters, digits, dot, dash and underscore.")
    String kvm_target() default Target.DEFAULT;

    @AttributeDefinition(name = "Label", description = "The name of the virtual machine for users.")
    String kvm_label() default LABEL;

    @AttributeDefinition(name = "Socket", description = "The full path of the Unix socket from QEMU's option -qmp. QEMU serves one program there, so it has to be"
        + " a socket of Catseye's own.")
    String socket() default "";

    @AttributeDefinition(name = "Host", description = "Without a socket: the name or IP address where QEMU listens. QMP has no password and no encryption:"
        + " anyone who reaches the port controls the virtual machine and reads files with QEMU's rights.")
    String host() default "";

    @AttributeDefinition(name = "Port", description = "Without a socket: the TCP port, 1 to " + MAX_PORT + ".")
    int port() default 4444;

    @AttributeDefinition(name = "Drives", description = "The drives that are offered: names or ids of CD drives as in QEMU's options, and disk for a USB disk that"
        + " is plugged in when there is an image for it. Empty: all CD drives, and disk if the virtual machine has a USB controller.")
    String[] drives() default {};

    @AttributeDefinition(name = "Picture", description = "Show screenshots of QEMU while no other device has a picture, about one a second.")
    boolean picture() default true;

    @AttributeDefinition(name = "Folder for screenshots", description = "A folder where QEMU may write and Catseye may read. Empty: the folder of the socket.")
    String pictureFolder() default "";
}
