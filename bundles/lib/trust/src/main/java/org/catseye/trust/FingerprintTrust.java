package org.catseye.trust;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Trusts the one certificate that has this SHA-256 fingerprint, whatever its names, issuer and dates are. Thread-safe. */
public final class FingerprintTrust implements ServerTrust {

    private static final String SHA_256_HEX = "[0-9a-f]{64}";

    private final String fingerprint;

    private FingerprintTrust(String fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** @param fingerprint 64 hexadecimal digits, also with colons as openssl prints them; the result is empty for anything else */
    public static Optional<FingerprintTrust> parseFingerprint(String fingerprint) {
        String digits = fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
        return digits.matches(SHA_256_HEX) ? Optional.of(new FingerprintTrust(digits)) : Optional.empty();
    }

    @Override
    public SSLContext findContext() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new PinnedTrustManager(this::hasFingerprint, Optional.empty())}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("Java has no TLS: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean checksHostName() {
        return false;
    }

    private boolean hasFingerprint(X509Certificate certificate) {
        return calculateFingerprint(certificate).equals(fingerprint);
    }

    /** 64 hexadecimal digits in lower case. */
    static String calculateFingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e instanceof CertificateEncodingException ? "a certificate without its bytes" : "Java has SHA-256", e);
        }
    }
}
