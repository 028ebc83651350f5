package org.catseye.web;

import java.security.KeyStore;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who this server is to browsers over TLS: its key and certificates. A service; its property {@value #SERIAL} changes when the
 * certificate was renewed or replaced. Thread-safe.
 */
@ProviderType
public interface ServerIdentity {

    /** Service property: the serial number of the certificate in use, in hexadecimal. */
    String SERIAL = "catseye.certificate.serial";

    /** A key store in memory with one private key and its certificate chain, protected by {@link #password()}. */
    KeyStore keyStore();

    /** A random password that protects the key store in memory; a copy. */
    char[] password();
}
