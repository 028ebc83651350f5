package org.catseye.core.deploy.signature;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a certificate was issued by one of others. Revocation is not checked: it would need the internet. */
final class CertificateChains {

    private static final String ANY_PURPOSE = "2.5.29.37.0";

    private CertificateChains() {
    }

    static List<X509Certificate> listCertificates(CertPath path) {
        return path.getCertificates().stream().filter(X509Certificate.class::isInstance).map(X509Certificate.class::cast).toList();
    }

    /**
     * Finds the authority that has issued a certificate, directly or through others of its chain.
     *
     * @param chain the certificate first
     * @param authorities those that are no authorities are ignored
     * @param at all certificates have to be valid at this time
     */
    static Optional<X509Certificate> findIssuer(List<X509Certificate> chain, Collection<X509Certificate> authorities, Instant at) {
        Set<TrustAnchor> anchors = authorities.stream().filter(each -> each.getBasicConstraints() >= 0 && isValid(each, at)).map(each -> new TrustAnchor(each, null))
                .collect(Collectors.toSet());
        if (anchors.isEmpty()) {
            return Optional.empty();
        }
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(chain.get(0));
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            PKIXCertPathBuilderResult found = (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
            return Optional.ofNullable(found.getTrustAnchor().getTrustedCert());
        } catch (GeneralSecurityException e) {
            // There is no such chain.
            return Optional.empty();
        }
    }

    static boolean isValid(X509Certificate certificate, Instant at) {
        return !at.isBefore(certificate.getNotBefore().toInstant()) && !at.isAfter(certificate.getNotAfter().toInstant());
    }

    /** Whether a certificate is for this purpose. One that names no purpose is for all. @param purpose an object identifier (RFC 5280, 4.2.1.12) */
    static boolean isForPurpose(X509Certificate certificate, String purpose, boolean mustBeNamed) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            boolean[] usage = certificate.getKeyUsage();
            return (usage == null || usage[0]) && (purposes == null ? !mustBeNamed : purposes.contains(purpose) || !mustBeNamed && purposes.contains(ANY_PURPOSE));
        } catch (CertificateParsingException e) {
            return false;
        }
    }
}
