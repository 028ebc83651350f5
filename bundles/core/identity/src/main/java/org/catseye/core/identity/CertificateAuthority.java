package org.catseye.core.identity;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Creates certificates (RFC 5280) with keys on the curve P-256. */
final class CertificateAuthority {

    /** Browsers refuse server certificates that are valid for longer than 398 days. */
    static final Duration SERVER_VALIDITY = Duration.ofDays(397);
    private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);
    /**
     * Certificates are valid from this long before their creation, because the clock of a board is wrong until it is synchronized
     * over the network.
     */
    private static final Duration CLOCK_TOLERANCE = Duration.ofDays(2);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Clock clock;

    CertificateAuthority(Clock clock) {
        this.clock = clock;
    }

    /** Creates an authority with a self-signed certificate. */
    KeyAndChain createAuthority(String host) throws GeneralSecurityException {
        KeyPair keys = createKeys();
        X500Name name = createName("Catseye authority of " + host);
        try {
            X509v3CertificateBuilder builder = createBuilder(name, name, keys, AUTHORITY_VALIDITY);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(Extension.subjectKeyIdentifier, false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            return new KeyAndChain(keys.getPrivate(), List.of(sign(builder, keys.getPrivate())));
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /** Creates a server certificate for these names and addresses, issued by that authority. */
    KeyAndChain issueServer(KeyAndChain authority, String host, Set<AlternativeName> names) throws GeneralSecurityException {
        KeyPair keys = createKeys();
        X509Certificate issuer = authority.chain().get(0);
        GeneralName[] all = names.stream()
                .map(name -> new GeneralName(name.address() ? GeneralName.iPAddress : GeneralName.dNSName, name.text()))
                .toArray(GeneralName[]::new);
        try {
            X509v3CertificateBuilder builder = createBuilder(X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()),
                    createName(host), keys,
                    SERVER_VALIDITY);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(all));
            builder.addExtension(Extension.authorityKeyIdentifier, false, new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer));
            return new KeyAndChain(keys.getPrivate(), List.of(sign(builder, authority.key()), issuer));
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private X509v3CertificateBuilder createBuilder(X500Name issuer, X500Name subject, KeyPair keys, Duration validity) {
        BigInteger serial = new BigInteger(127, RANDOM).setBit(126);
        Instant begin = clock.instant().minus(CLOCK_TOLERANCE);
        return new JcaX509v3CertificateBuilder(issuer, serial, Date.from(begin), Date.from(begin.plus(validity)), subject,
                keys.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter().getCertificate(
                    builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static KeyPair createKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        return generator.generateKeyPair();
    }

    private static X500Name createName(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName.substring(0, Math.min(64, commonName.length()))).build();
    }
}
