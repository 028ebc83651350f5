package org.catseye.core.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/** Checks that a private key belongs to a certificate, by verifying a signature of the key with the certificate. */
final class KeyMatch {

    private KeyMatch() {
    }

    /** @throws IOException with a message for the user if they do not belong together */
    static void checkMatch(PrivateKey key, X509Certificate certificate, Path keyFile, Path certificateFile)
            throws IOException, GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC", "ECDSA" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            case "Ed25519", "EdDSA" -> "EdDSA";
            default -> throw new IOException(keyFile + " holds a key of kind " + key.getAlgorithm() + "; EC, RSA or Ed25519 is needed");
        };
        boolean same = certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())
                && verifiesSignature(algorithm, key, certificate);
        if (!same) {
            throw new IOException("the key in " + keyFile + " does not belong to the first certificate in " + certificateFile);
        }
    }

    private static boolean verifiesSignature(String algorithm, PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        byte[] text = {1, 2, 3};
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(text);
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(certificate.getPublicKey());
        verifier.update(text);
        return verifier.verify(signer.sign());
    }
}
