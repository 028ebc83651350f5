package org.catseye.power.snmp;

import org.catseye.targets.Target;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The form for one outlet. The driver reads the values through {@link SnmpSettings#parseSettings}, which also checks them. */
@ObjectClassDefinition(name = "Catseye: Outlet (SNMP)", description = "An outlet of a power strip (PDU) that is switched with SNMP: APC and others.")
public @interface SnmpConfig {

    /** The factory PID of the form; configured instances add {@code ~name}. */
    String PID = "org.catseye.power.snmp";

    String LABEL = "PDU outlet";
    int PORT = 161;
    int MAX_PORT = 65_535;
    int MAX_OUTLET = 255;
    /** The shortest password that SNMPv3 allows (RFC 3414). */
    int MIN_PASSWORD_CHARS = 8;

    @AttributeDefinition(name = "Name of the configuration", description = "Shown in lists of configurations.")
    String webconsole_configurationFactory_nameHint() default "{kvm.target}: {preset} {address} {outlet}";

    @AttributeDefinition(name = "Target", description = "The id of the target that the outlet supplies: letters, digits, dot, dash and underscore.")
    String kvm_target() default Target.DEFAULT;

    @AttributeDefinition(name = "Label", description = "The outlet's name for users.")
    String kvm_label() default LABEL;

    @AttributeDefinition(name = "Device", description = "The kind of PDU. Generic: the objects of the fields below.",
        options = {@Option(value = "apc", label = "APC rack PDU (AP79xx, AP89xx)"), @Option(value = "generic", label = "generic")})
    String preset() default "apc";

    @AttributeDefinition(name = "Address", description = "The name or IP address of the PDU.")
    String address() default "";

    @AttributeDefinition(name = "Port", description = "The UDP port, 1 to " + MAX_PORT + ".")
    int port() default PORT;

    @AttributeDefinition(name = "Outlet", description = "APC: the number of the outlet, 1 to " + MAX_OUTLET + ".")
    int outlet() default 1;

    @AttributeDefinition(name = "Actions", description = "The actions that this outlet performs: on, off, cycle. Empty: all that it can perform."
        + " Leave out those for which another power control is better.")
    String[] actions() default {};

    @AttributeDefinition(name = "Version", description = "The version of SNMP. Others in the network can read the community of version 2c. Version 3 is encrypted.",
        options = {@Option(value = "2c", label = "2c"), @Option(value = "3", label = "3 with authentication and privacy")})
    String version() default "3";

    @AttributeDefinition(name = "Community", type = AttributeType.PASSWORD, description = "Version 2c: the community that may write.")
    String community() default "";

    @AttributeDefinition(name = "User", description = "Version 3: the name of a user that may write.")
    String user() default "";

    @AttributeDefinition(name = "Authentication", description = "Version 3: how messages are authenticated.",
        options = {@Option(value = "sha", label = "SHA-1"), @Option(value = "sha-256", label = "SHA-256"), @Option(value = "md5", label = "MD5")})
    String authentication() default "sha";

    @AttributeDefinition(name = "Authentication password", type = AttributeType.PASSWORD, description = "Version 3: at least " + MIN_PASSWORD_CHARS + " characters.")
    String authenticationPassword() default "";

    @AttributeDefinition(name = "Privacy", description = "Version 3: how messages are encrypted.",
        options = {@Option(value = "aes", label = "AES-128"), @Option(value = "des", label = "DES")})
    String privacy() default "aes";

    @AttributeDefinition(name = "Privacy password", type = AttributeType.PASSWORD, description = "Version 3: at least " + MIN_PASSWORD_CHARS + " characters.")
    String privacyPassword() default "";

    @AttributeDefinition(name = "Command object", description = "Generic: the OID of the integer that switches the outlet, such as 1.3.6.1.4.1.99999.1.4.7.")
    String commandOid() default "";

    @AttributeDefinition(name = "Value for on", description = "Generic: the integer that switches on. Empty: the device cannot do it.")
    String onValue() default "";

    @AttributeDefinition(name = "Value for off", description = "Generic: the integer that switches off. Empty: the device cannot do it.")
    String offValue() default "";

    @AttributeDefinition(name = "Value for cycle", description = "Generic: the integer that switches off and on again. Empty: the device cannot do it.")
    String cycleValue() default "";

    @AttributeDefinition(name = "State object", description = "Generic: the OID of the integer with the outlet's state. Empty: the state is unknown.")
    String stateOid() default "";

    @AttributeDefinition(name = "State on", description = "Generic: the integer of an outlet that is on.")
    String stateOn() default "";

    @AttributeDefinition(name = "State off", description = "Generic: the integer of an outlet that is off.")
    String stateOff() default "";
}
