package org.catseye.itest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A client that trusts one authority, as a browser does whose user has imported it. */
final class Trust {

    private Trust() {
    }

    static SSLContext inAuthority(Certificate authority) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("catseye", authority);
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext trust = SSLContext.getInstance("TLS");
        trust.init(null, managers.getTrustManagers(), null);
        return trust;
    }

    /** In the authority of the device with this home, as soon as it has one. */
    static SSLContext inAuthorityOf(Path home) throws Exception {
        Path authority = home.resolve("tls/authority.pem");
        Running.await("the authority", () -> Files.exists(authority) ? authority : null);
        return inAuthority(CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(Files.readAllBytes(authority))));
    }
}
