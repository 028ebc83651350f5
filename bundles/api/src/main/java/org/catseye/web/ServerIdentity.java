package org.catseye.web;

import java.security.KeyStore;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The key and certificates with which this server identifies itself to browsers over TLS. A service whose property
 * {@value #SERIAL} changes when the certificate is renewed or replaced. Thread-safe.
 */
@ProviderType
public interface ServerIdentity {

    /** Service property: the serial number of the current certificate, in hexadecimal. */
    String SERIAL = "catseye.certificate.serial";

    /** An in-memory key store with one private key and its certificate chain, protected by {@link #password()}. */
    KeyStore keyStore();

    /** A copy of the random password that protects the key store in memory. */
    char[] password();
}
