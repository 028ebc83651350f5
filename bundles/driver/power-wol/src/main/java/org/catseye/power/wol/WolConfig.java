package org.catseye.power.wol;

import org.catseye.targets.Target;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The form for one computer. The driver reads the values through {@link WolSettings#parseSettings}, which also checks them. */
@ObjectClassDefinition(name = "Catseye: Wake-on-LAN", description = "Switches a computer on with a magic packet over the network. The"
    + " computer's firmware and network card must be set to allow it.")
public @interface WolConfig {

    /** The factory PID of the form; configured instances add {@code ~name}. */
    String PID = "org.catseye.power.wol";

    String LABEL = "Wake-on-LAN";
    /** The broadcast address of the network that a packet is sent to, whatever its numbers are. */
    String BROADCAST = "255.255.255.255";
    int PORT = 9;
    int MAX_PORT = 65_535;

    @AttributeDefinition(name = "Name of the configuration", description = "Shown in lists of configurations.")
    String webconsole_configurationFactory_nameHint() default "{kvm.target}: {mac}";

    @AttributeDefinition(name = "Target", description = "The id of the target that is switched on: letters, digits, dot, dash and underscore.")
    String kvm_target() default Target.DEFAULT;

    @AttributeDefinition(name = "Label", description = "The name for users.")
    String kvm_label() default LABEL;

    @AttributeDefinition(name = "MAC address", description = "The address of the computer's network card, such as 00:11:22:aa:bb:cc,"
        + " 00-11-22-aa-bb-cc, 0011.22aa.bbcc or 001122aabbcc.")
    String mac() default "";

    @AttributeDefinition(name = "Send to", description = "An IPv4 address. " + BROADCAST + ": all computers of the networks that this device"
        + " is in. For a computer in another network: the broadcast address of that network, such as 192.168.7.255, if the router lets it"
        + " through; or an address of a router that passes the packet on.")
    String address() default BROADCAST;

    @AttributeDefinition(name = "Port", description = "The UDP port, 1 to " + MAX_PORT + ". Network cards ignore it; a router may not.")
    int port() default PORT;

    @AttributeDefinition(name = "Network interface", description = "Sends from this interface only, such as eth0. Empty: to "
        + BROADCAST + " from all interfaces, to another address from the one that leads there.")
    String interface$() default "";

    @AttributeDefinition(name = "SecureOn password", type = AttributeType.PASSWORD, description = "Six bytes in hexadecimal, written like a"
        + " MAC address, if the network card requires them. The packet is not encrypted: all computers of the network can read it.")
    String secureOnPassword() default "";
}
