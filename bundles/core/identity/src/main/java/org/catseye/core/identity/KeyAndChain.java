package org.catseye.core.identity;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A private key and its certificate chain, which starts with the certificate of the key. */
record KeyAndChain(PrivateKey key, List<X509Certificate> chain) {

    /** The certificate of the key. */
    X509Certificate certificate() {
        return chain.get(0);
    }

    /** Omits the key so that it is never logged. */
    @Override
    public String toString() {
        return "KeyAndChain[" + certificate().getSubjectX500Principal() + "]";
    }
}
