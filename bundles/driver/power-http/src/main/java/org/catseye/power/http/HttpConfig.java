package org.catseye.power.http;

import org.catseye.targets.Target;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The form for one relay. The driver reads the values through {@link HttpSettings#parseSettings}, which also checks them. */
@ObjectClassDefinition(name = "Catseye: Power relay (HTTP)", description = "A smart plug or relay that is switched over HTTP: Shelly, Tasmota,"
    + " or another device with requests of your own.")
public @interface HttpConfig {

    /** The factory PID of the form; configured instances add {@code ~name}. */
    String PID = "org.catseye.power.http";

    String LABEL = "Power relay";
    String TEMPLATE = "template";
    String DEFAULT_ON = "(?i)^(true|on|1)$";
    String DEFAULT_OFF = "(?i)^(false|off|0)$";
    int MAX_CHANNEL = 255;

    @AttributeDefinition(name = "Name of the configuration", description = "Shown in lists of configurations.")
    String webconsole_configurationFactory_nameHint() default "{kvm.target}: {preset} {address}";

    @AttributeDefinition(name = "Target", description = "The id of the target that the relay switches: letters, digits, dot, dash and underscore.")
    String kvm_target() default Target.DEFAULT;

    @AttributeDefinition(name = "Label", description = "The relay's name for users.")
    String kvm_label() default LABEL;

    @AttributeDefinition(name = "Device", description = "The kind of device. Template: the requests of the fields below.",
        options = {@Option(value = "shelly", label = "Shelly Plus, Pro, Gen3 and later"), @Option(value = "shelly-gen1", label = "Shelly of the first generation"),
            @Option(value = "tasmota", label = "Tasmota"), @Option(value = TEMPLATE, label = "template")})
    String preset() default "shelly";

    @AttributeDefinition(name = "Address", description = "The device's address, such as http://192.168.1.20 or https://relay.example.org:8443/api."
        + " The paths of templates follow it.")
    String address() default "";

    @AttributeDefinition(name = "Relay number", description = "For devices with several relays. Shelly counts from 0, Tasmota from 1. Empty: the first relay.")
    String channel() default "";

    @AttributeDefinition(name = "Actions", description = "The actions that this relay performs: on, off, cycle, press, hold, reset, wake. Empty: all that"
        + " it can perform. Leave out those for which another power control is better.")
    String[] actions() default {};

    @AttributeDefinition(name = "User", description = "The device's user name. For Shelly it is admin. Empty: the device needs no password.")
    String user() default "";

    @AttributeDefinition(name = "Password", type = AttributeType.PASSWORD, description = "The user's password. Over http:// others in the network can read it.")
    String password() default "";

    @AttributeDefinition(name = "Token", type = AttributeType.PASSWORD, description = "A bearer token that the device requires instead of a user and a password.")
    String token() default "";

    @AttributeDefinition(name = "Certificate file", description = "For https://: a PEM file with the device's own certificate, or with that of the authority"
        + " that issued it. Empty: the authorities that Java trusts.")
    String certificateFile() default "";

    @AttributeDefinition(name = "Request for on", description = "Template: a path such as /relay?on=1. A method can precede it and a body can follow it:"
        + " POST /relay {\"on\":true}. Empty: the device cannot do it.")
    String onRequest() default "";

    @AttributeDefinition(name = "Request for off", description = "Template: as for on; switches the power off.")
    String offRequest() default "";

    @AttributeDefinition(name = "Request for cycle", description = "Template: as for on; switches the power off and on again.")
    String cycleRequest() default "";

    @AttributeDefinition(name = "Request for press", description = "Template: as for on; presses the computer's power button briefly.")
    String pressRequest() default "";

    @AttributeDefinition(name = "Request for hold", description = "Template: as for on; holds the computer's power button until it is off.")
    String holdRequest() default "";

    @AttributeDefinition(name = "Request for reset", description = "Template: as for on; presses the computer's reset button.")
    String resetRequest() default "";

    @AttributeDefinition(name = "Request for wake", description = "Template: as for on; wakes the computer.")
    String wakeRequest() default "";

    @AttributeDefinition(name = "Request for the state", description = "Template: as for on; the answer has the state. Empty: the state is unknown.")
    String stateRequest() default "";

    @AttributeDefinition(name = "State pointer", description = "Template: the JSON pointer (RFC 6901) of the state in a JSON answer, such as /relay/0/on."
        + " Empty: the state is the whole answer.")
    String statePointer() default "";

    @AttributeDefinition(name = "State on", description = "Template: a regular expression that is found in the state if the computer is on.")
    String stateOn() default DEFAULT_ON;

    @AttributeDefinition(name = "State off", description = "Template: a regular expression that is found in the state if the computer is off.")
    String stateOff() default DEFAULT_OFF;
}
