package org.catseye.core.deploy.signature;

import java.security.CodeSigner;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.catseye.plugins.PluginDescription.Identity;
import org.catseye.plugins.PluginDescription.Signature;
import org.catseye.plugins.PluginDescription.Signature.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the signer of a jar is a trusted maker. Thread-safe. */
public final class SignatureTrust {

    private static final Logger LOG = LoggerFactory.getLogger(SignatureTrust.class);
    /** RFC 5280, 4.2.1.12. */
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

    private final Supplier<List<X509Certificate>> makers;
    private final TimestampAuthorities authorities;
    private final Clock clock;

    /** @param makers the certificates of the trusted makers */
    public SignatureTrust(Supplier<List<X509Certificate>> makers) {
        this(makers, TimestampAuthorities::listOfJava, Clock.systemUTC());
    }

    /** @param timestampAuthorities the certificates of the authorities whose time stamps count */
    SignatureTrust(Supplier<List<X509Certificate>> makers, Supplier<Collection<X509Certificate>> timestampAuthorities, Clock clock) {
        this.makers = makers;
        this.authorities = new TimestampAuthorities(timestampAuthorities);
        this.clock = clock;
    }

    /** If several have signed the whole jar, one that is trusted is enough. */
    public Signature assess(JarSignature signature) {
        return switch (signature.kind()) {
            case UNSIGNED -> Signature.without(Kind.UNSIGNED, asSentence(signature.reason()));
            case DAMAGED -> Signature.without(Kind.DAMAGED, asSentence(signature.reason()));
            case SIGNED -> assessSigners(signature.signers());
        };
    }

    private static String asSentence(String clause) {
        return clause.isEmpty() ? "" : Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
    }

    private Signature assessSigners(List<CodeSigner> signers) {
        List<Signature> all = assessEach(signers);
        return all.stream().filter(each -> each.kind() == Kind.TRUSTED).findFirst().orElse(all.get(0));
    }

    private List<Signature> assessEach(List<CodeSigner> signers) {
        List<X509Certificate> trusted = makers.get();
        return signers.stream().map(signer -> assessSafely(signer, trusted)).toList();
    }

    /** Whether one of the signers has this certificate, or is trusted because of it. The certificate itself need not be trusted any more. */
    public boolean isSignedBy(JarSignature signature, Identity maker) {
        return assessEach(signature.signers()).stream().anyMatch(each -> maker.fingerprint().equals(each.maker().fingerprint())
                || maker.fingerprint().equals(each.signer().fingerprint()));
    }

    /** The certificates come from the jar, and can contain anything. */
    private Signature assessSafely(CodeSigner signer, List<X509Certificate> trusted) {
        try {
            return assessSigner(signer, trusted);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.debug("a certificate cannot be examined", e);
            return Signature.without(Kind.UNKNOWN, "The signer's certificate cannot be examined.");
        }
    }

    private Signature assessSigner(CodeSigner signer, List<X509Certificate> trusted) {
        List<X509Certificate> chain = CertificateChains.listCertificates(signer.getSignerCertPath());
        if (chain.isEmpty()) {
            return Signature.without(Kind.UNKNOWN, "The signer has no X.509 certificate.");
        }
        X509Certificate own = chain.get(0);
        Identity identity = MakerCertificate.describe(own);
        Optional<Instant> stamped = Optional.ofNullable(signer.getTimestamp()).flatMap(authorities::readTime);
        Instant at = stamped.orElseGet(clock::instant);
        if (!CertificateChains.isValid(own, at)) {
            return new Signature(Kind.UNKNOWN, identity, Identity.NONE, "", "The signer's certificate is only valid from " + formatDay(own.getNotBefore().toInstant()) + " to "
                    + formatDay(own.getNotAfter().toInstant()) + (stamped.isPresent() ? ", and the signature was made at another time." : ", and no trusted time stamp shows that "
                    + "the signature was made in this time."));
        }
        if (!CertificateChains.isForPurpose(own, CODE_SIGNING, false)) {
            return new Signature(Kind.UNKNOWN, identity, Identity.NONE, "", "The signer's certificate is not meant for signing programs.");
        }
        Optional<X509Certificate> maker = trusted.contains(own) ? Optional.of(own) : CertificateChains.findIssuer(chain, trusted, at);
        return maker.map(found -> new Signature(Kind.TRUSTED, identity, MakerCertificate.describe(found), "", ""))
                .orElseGet(() -> new Signature(Kind.UNKNOWN, identity, Identity.NONE, MakerCertificate.formatIfShort(own),
                        "The signer's certificate is not one of the trusted makers, nor issued by one."));
    }

    private static String formatDay(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
