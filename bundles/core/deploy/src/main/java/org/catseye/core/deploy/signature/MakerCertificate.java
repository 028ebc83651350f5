package org.catseye.core.deploy.signature;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catseye.plugins.PluginDescription.Identity;
import org.catseye.plugins.makers.Makers;

/** The certificate of a maker as PEM, and what users see of it. */
public final class MakerCertificate {

    private static final int MAX_NAME_CHARS = 200;
    /** Control characters, and characters that change the direction of the text around them. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+");
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]*)-----END CERTIFICATE-----");
    private static final Pattern PRIVATE_KEY = Pattern.compile("PRIVATE KEY-----");
    private static final int LINE_CHARS = 64;

    private MakerCertificate() {
    }

    /**
     * Reads the only certificate of a text.
     *
     * @throws CertificateException with a sentence for the user, which never repeats the text: it may contain a secret
     */
    static X509Certificate parse(String pem) throws CertificateException {
        if (PRIVATE_KEY.matcher(pem).find()) {
            throw new CertificateException("This is a private key, or contains one. Send the certificate only, and keep the key secret.");
        }
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new CertificateException("This is no certificate as PEM. It has to contain a line BEGIN CERTIFICATE and a line END CERTIFICATE.");
        }
        String encoded = block.group(1);
        if (block.find()) {
            throw new CertificateException("This has more than one certificate. Send one at a time.");
        }
        try {
            byte[] content = Base64.getMimeDecoder().decode(encoded);
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(content));
        } catch (CertificateException | RuntimeException e) {
            throw new CertificateException("This certificate is damaged.", e);
        }
    }

    static String format(X509Certificate certificate) {
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(LINE_CHARS, new byte[] {'\n'}).encodeToString(encode(certificate)) + "\n-----END CERTIFICATE-----\n";
    }

    /** Empty if it is too long to be added to the trusted makers. */
    static String formatIfShort(X509Certificate certificate) {
        String pem = format(certificate);
        return pem.length() > Makers.MAX_CERTIFICATE_CHARS ? "" : pem;
    }

    static Identity describe(X509Certificate certificate) {
        return new Identity(describeName(certificate), computeFingerprint(certificate));
    }

    /** The maker of the certificate chooses the name, so it can contain anything. */
    static String describeName(X509Certificate certificate) {
        return cleanText(certificate.getSubjectX500Principal().getName(), MAX_NAME_CHARS);
    }

    /** On one line, without invisible characters, and cut off after so many characters. */
    static String cleanText(String text, int maxChars) {
        String start = text.length() > 2 * maxChars ? text.substring(0, 2 * maxChars) : text;
        String clean = INVISIBLE.matcher(start).replaceAll(" ").strip();
        return clean.length() > maxChars ? clean.substring(0, maxChars - 1) + "…" : clean;
    }

    static String computeFingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encode(certificate)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] encode(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read has its bytes", e);
        }
    }

    /** @throws CertificateException as {@link #parse(String)} */
    public static X509Certificate parse(byte[] file) throws CertificateException {
        return parse(new String(file, StandardCharsets.ISO_8859_1));
    }
}
