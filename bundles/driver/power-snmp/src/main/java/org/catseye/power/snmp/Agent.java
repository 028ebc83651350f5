package org.catseye.power.snmp;

import java.util.Optional;
import org.catseye.secrets.SecretText;

/**
 * The SNMP agent of a device, and how to log in there: with a user of version 3, or else with a community of version 2c.
 *
 * @param address name or IP address
 * @param port UDP port
 * @param community of version 2c
 * @param user of version 3; empty for version 2c
 */
record Agent(String address, int port, SecretText community, Optional<User> user) {

    /** @param authentication sha, sha-256 or md5 @param privacy aes or des */
    record User(String name, String authentication, SecretText authenticationPassword, String privacy, SecretText privacyPassword) {
    }

    /** For messages. */
    String describe() {
        return "The PDU " + address;
    }
}
