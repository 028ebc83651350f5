package org.catseye.trust;

import java.io.IOException;
import javax.net.ssl.SSLContext;

/** Decides whether the certificate of a server is trusted. Thread-safe. */
public interface ServerTrust {

    /** @throws IOException if a file cannot be read; the message is for the user */
    SSLContext findContext() throws IOException;

    /** Whether a connection has to request the check of the host name ({@code setEndpointIdentificationAlgorithm}). */
    boolean checksHostName();
}
