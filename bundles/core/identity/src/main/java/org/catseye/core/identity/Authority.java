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

/** Makes certificates (RFC 5280) with keys on the curve P-256. */
final class Authority {

    /** Browsers refuse server certificates that are valid for longer than 398 days. */
    static final Duration SERVER_LIFE = Duration.ofDays(397);
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    /** Clocks of small boards are wrong until they have the network's time. */
    private static final Duration EARLIER = Duration.ofDays(2);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Clock clock;

    Authority(Clock clock) {
        this.clock = clock;
    }

    /** A new authority of its own. */
    Pair create(String host) throws GeneralSecurityException {
        KeyPair keys = keys();
        X500Name name = name("Catseye authority of " + host);
        try {
            X509v3CertificateBuilder builder = builder(name, name, keys, AUTHORITY_LIFE);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(Extension.subjectKeyIdentifier, false, new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            return new Pair(keys.getPrivate(), List.of(sign(builder, keys.getPrivate())));
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /** A server certificate for these names and addresses by that authority. */
    Pair issue(Pair authority, String host, Set<Name> names) throws GeneralSecurityException {
        KeyPair keys = keys();
        X509Certificate issuer = authority.chain().get(0);
        GeneralName[] all = names.stream()
                .map(name -> new GeneralName(name.address() ? GeneralName.iPAddress : GeneralName.dNSName, name.text())).toArray(GeneralName[]::new);
        try {
            X509v3CertificateBuilder builder = builder(X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()), name(host), keys,
                    SERVER_LIFE);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(all));
            builder.addExtension(Extension.authorityKeyIdentifier, false, new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer));
            return new Pair(keys.getPrivate(), List.of(sign(builder, authority.key()), issuer));
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair keys, Duration life) {
        Instant now = clock.instant();
        BigInteger serial = new BigInteger(127, RANDOM).setBit(126);
        return new JcaX509v3CertificateBuilder(issuer, serial, Date.from(now.minus(EARLIER)), Date.from(now.plus(life).minus(EARLIER)), subject,
                keys.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        return generator.generateKeyPair();
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName.substring(0, Math.min(64, commonName.length()))).build();
    }

    /** A private key and its certificates, the key's own first. */
    record Pair(PrivateKey key, List<X509Certificate> chain) {
        /** Without the key, so that it reaches no log. */
        @Override
        public String toString() {
            return "Pair[" + chain.get(0).getSubjectX500Principal() + "]";
        }
    }

    /** One subject alternative name. */
    record Name(String text, boolean address) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            return text.compareTo(other.text);
        }
    }
}
