package org.catseye.core.deploy.signature;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Timestamp;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which time stamps count. Anyone can make a time stamp with any time in it, so its authority has to be one that Java trusts, or be issued by one.
 * Thread-safe.
 */
final class TimestampAuthorities {

    private static final Logger LOG = LoggerFactory.getLogger(TimestampAuthorities.class);
    /** RFC 3161, 2.3. */
    private static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

    private final Supplier<Collection<X509Certificate>> trusted;

    TimestampAuthorities(Supplier<Collection<X509Certificate>> trusted) {
        this.trusted = trusted;
    }

    /** Read once, when the first time stamp is examined: it takes a while. */
    private static final class OfJava {

        static final List<X509Certificate> ALL = readOfJava();
    }

    /** Those that Java trusts. */
    static Collection<X509Certificate> listOfJava() {
        return OfJava.ALL;
    }

    private static List<X509Certificate> readOfJava() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Arrays.stream(factory.getTrustManagers()).flatMap(manager -> manager instanceof X509TrustManager x509 ? Arrays.stream(x509.getAcceptedIssuers()) : Stream.empty())
                    .toList();
        } catch (GeneralSecurityException e) {
            LOG.warn("The authorities that Java trusts cannot be read, so no time stamp counts", e);
            return List.of();
        }
    }

    /** The time of a time stamp that counts. Java has checked that it belongs to the signature. */
    Optional<Instant> readTime(Timestamp timestamp) {
        List<X509Certificate> chain = CertificateChains.listCertificates(timestamp.getSignerCertPath());
        Instant time = timestamp.getTimestamp().toInstant();
        return !chain.isEmpty() && CertificateChains.isForPurpose(chain.get(0), TIME_STAMPING, true) && CertificateChains.findIssuer(chain, trusted.get(), time).isPresent()
                ? Optional.of(time) : Optional.empty();
    }
}
