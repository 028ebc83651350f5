package org.catseye.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which certificates of a device are trusted: those of the authorities that Java trusts, or those in a file. A device whose own
 * certificate is in the file needs no name in it, because no other device has its key. Thread-safe.
 */
public final class DeviceTrust implements ServerTrust {

    private final Optional<Path> file;
    /** Guarded by this: the context, and the time of the file that it was made of. */
    private SSLContext context;
    private FileTime contextTime;

    /** @param file PEM; empty for the authorities that Java trusts */
    public DeviceTrust(Optional<Path> file) {
        this.file = file;
    }

    @Override
    public synchronized SSLContext findContext() throws IOException {
        try {
            if (file.isEmpty()) {
                return SSLContext.getDefault();
            }
            FileTime time = Files.getLastModifiedTime(file.get());
            if (context == null || !time.equals(contextTime)) {
                context = createContext(file.get());
                contextTime = time;
            }
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException("The certificate file " + file.map(Path::toString).orElse("of Java") + " cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean checksHostName() {
        return true;
    }

    private static SSLContext createContext(Path file) throws GeneralSecurityException, IOException {
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
        X509ExtendedTrustManager issued = (X509ExtendedTrustManager) trust.getTrustManagers()[0];
        context.init(null, new TrustManager[] {new PinnedTrustManager(certificates::contains, Optional.of(issued))}, null);
        return context;
    }
}
