package org.catseye.core.deploy.signature;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.jar.Manifest;

/**
 * Recognizes the weak algorithms and keys that Java refuses (security property {@code jdk.jar.disabledAlgorithms}). Java has no public method for
 * that. It only decides how a signature is described that Java has already refused.
 */
final class WeakSignature {

    private static final String MANIFEST_DIGEST = "-digest-manifest";
    private static final List<String> WEAK_DIGESTS = List.of("md2", "md5", "sha", "sha1", "sha-1");
    private static final int MIN_KEY_BITS = 1024;
    /** In DER, the identifiers of SHA-2 and SHA-3 begin with 2.16.840.1.101.3.4.2 (NIST, Computer Security Objects Register). */
    private static final String STRONG_DIGESTS = "608648016503" + "0402";
    /** The digest algorithms of a signature are at its beginning (RFC 5652, 5.1). */
    private static final int HEAD_BYTES = 64;

    private boolean found;

    void addSignatureFile(byte[] content) throws IOException {
        List<String> digests = new Manifest(new ByteArrayInputStream(content)).getMainAttributes().keySet().stream().map(name -> name.toString().toLowerCase(Locale.ROOT))
                .filter(name -> name.endsWith(MANIFEST_DIGEST)).map(name -> name.substring(0, name.length() - MANIFEST_DIGEST.length())).toList();
        found |= !digests.isEmpty() && WEAK_DIGESTS.containsAll(digests);
    }

    void addSignatureBlock(byte[] content) {
        try {
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content))) {
                found |= isWeak(certificate.getPublicKey());
            }
            found |= !HexFormat.of().formatHex(Arrays.copyOf(content, Math.min(content.length, HEAD_BYTES))).contains(STRONG_DIGESTS);
        } catch (CertificateException e) {
            // It is damaged, which is no weakness.
            return;
        }
    }

    private static boolean isWeak(PublicKey key) {
        return key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < MIN_KEY_BITS || key instanceof DSAPublicKey dsa && dsa.getParams().getP().bitLength() < MIN_KEY_BITS;
    }

    boolean isFound() {
        return found;
    }
}
