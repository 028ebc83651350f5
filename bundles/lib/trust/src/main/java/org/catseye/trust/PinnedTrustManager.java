package org.catseye.trust;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts the certificates that it is given, and those that another trust manager accepts. For clients only. */
final class PinnedTrustManager extends X509ExtendedTrustManager {

    private final Predicate<X509Certificate> pinned;
    private final Optional<X509ExtendedTrustManager> issued;

    PinnedTrustManager(Predicate<X509Certificate> pinned, Optional<X509ExtendedTrustManager> issued) {
        this.pinned = pinned;
        this.issued = issued;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        if (!pinned.test(chain[0])) {
            requireIssued(chain).checkServerTrusted(chain, type, socket);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        if (!pinned.test(chain[0])) {
            requireIssued(chain).checkServerTrusted(chain, type, engine);
        }
    }

    /** Without a connection there is no host name to check, so only the pinned certificates count. */
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        if (!pinned.test(chain[0])) {
            throw new CertificateException("the certificate has to be checked with its connection");
        }
    }

    private X509ExtendedTrustManager requireIssued(X509Certificate[] chain) throws CertificateException {
        return issued.orElseThrow(() -> new CertificateException("its certificate has another SHA-256 fingerprint: "
            + FingerprintTrust.calculateFingerprint(chain[0])));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw refuseClient();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw refuseClient();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw refuseClient();
    }

    private static CertificateException refuseClient() {
        return new CertificateException("certificates of clients are not checked here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return issued.map(X509ExtendedTrustManager::getAcceptedIssuers).orElse(new X509Certificate[0]);
    }
}
