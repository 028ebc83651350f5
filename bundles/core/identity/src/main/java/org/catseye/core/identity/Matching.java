package org.catseye.core.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/** Whether a private key belongs to a certificate: what the one signs, the other must verify. */
final class Matching {

    private Matching() {
    }

    /** @throws IOException in words if they do not belong together */
    static void check(PrivateKey key, X509Certificate certificate, Path keyFile, Path certificateFile)
            throws IOException, GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC", "ECDSA" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            case "Ed25519", "EdDSA" -> "EdDSA";
            default -> throw new IOException(keyFile + " holds a key of kind " + key.getAlgorithm() + "; EC, RSA or Ed25519 is needed");
        };
        byte[] text = {1, 2, 3};
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(text);
        byte[] signature = signer.sign();
        boolean same = certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm());
        if (same) {
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(text);
            same = verifier.verify(signature);
        }
        if (!same) {
            throw new IOException("the key in " + keyFile + " does not belong to the first certificate in " + certificateFile);
        }
    }
}
