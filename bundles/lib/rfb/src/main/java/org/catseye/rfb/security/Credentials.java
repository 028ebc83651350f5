package org.catseye.rfb.security;

import org.catseye.secrets.SecretText;

/**
 * What the client shows the server.
 *
 * @param user empty for the methods that have only a password
 * @param password empty if there is none
 */
public record Credentials(String user, SecretText password) {
}
