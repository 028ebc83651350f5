package org.catseye.power.http.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which certificates of a device are trusted: those of the authorities that Java trusts, or those in a file. A device whose own
 * certificate is in the file needs no name in it, because no other device has its key. Thread-safe.
 */
public final class DeviceTrust {

    private final Optional<Path> file;
    /** Guarded by this: the factory, and the time of the file that it was made of. */
    private SSLSocketFactory factory;
    private FileTime factoryTime;

    /** @param file PEM; empty for the authorities that Java trusts */
    public DeviceTrust(Optional<Path> file) {
        this.file = file;
    }

    /** @throws IOException if the file cannot be read; the message is for the user */
    synchronized SSLSocketFactory findFactory() throws IOException {
        if (file.isEmpty()) {
            return (SSLSocketFactory) SSLSocketFactory.getDefault();
        }
        try {
            FileTime time = Files.getLastModifiedTime(file.get());
            if (factory == null || !time.equals(factoryTime)) {
                factory = createFactory(file.get());
                factoryTime = time;
            }
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException("The certificate file " + file.get() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static SSLSocketFactory createFactory(Path file) throws GeneralSecurityException, IOException {
        Collection<? extends Certificate> certificates;
        try (InputStream in = Files.newInputStream(file)) {
            certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("it contains no certificate");
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("trusted" + number++, certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new PinnedTrust(certificates, (X509ExtendedTrustManager) trust.getTrustManagers()[0])}, null);
        return context.getSocketFactory();
    }

    /** Trusts the certificates themselves, and those that they have issued for the host's name. */
    private static final class PinnedTrust extends X509ExtendedTrustManager {

        private final Collection<? extends Certificate> pinned;
        private final X509ExtendedTrustManager issued;

        PinnedTrust(Collection<? extends Certificate> pinned, X509ExtendedTrustManager issued) {
            this.pinned = pinned;
            this.issued = issued;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
            if (!pinned.contains(chain[0])) {
                issued.checkServerTrusted(chain, type, socket);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
            issued.checkServerTrusted(chain, type, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            issued.checkServerTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
            issued.checkClientTrusted(chain, type, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
            issued.checkClientTrusted(chain, type, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            issued.checkClientTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return issued.getAcceptedIssuers();
        }
    }
}
