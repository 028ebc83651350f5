package org.catseye.core.identity;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A private key and its certificates, the key's own first. */
record KeyAndChain(PrivateKey key, List<X509Certificate> chain) {

    /** The key's own certificate. */
    X509Certificate certificate() {
        return chain.get(0);
    }

    /** Without the key, so that no log shows it. */
    @Override
    public String toString() {
        return "KeyAndChain[" + certificate().getSubjectX500Principal() + "]";
    }
}
