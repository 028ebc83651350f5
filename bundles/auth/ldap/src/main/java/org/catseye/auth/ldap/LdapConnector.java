package org.catseye.auth.ldap;

import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.catseye.auth.ldap.Server.Security;

/**
 * Opens connections on which nothing was sent before they were encrypted by a certificate that is trusted for the server's name. Referrals are not
 * followed: they would lead a password to whom the directory names. The file of authorities is read each time, so that a new one counts at once.
 */
final class LdapConnector {

    private final LdapSettings settings;

    LdapConnector(LdapSettings settings) {
        this.settings = settings;
    }

    /**
     * A connection to the first server that answers, bound to nobody.
     *
     * @throws LDAPException of the last server that was tried
     */
    LDAPConnection open(Deadline deadline) throws LDAPException {
        LDAPException last = null;
        int left = settings.servers().size();
        for (Server server : settings.servers()) {
            try {
                // Each of the servers that are left gets its share of the time.
                return open(server, deadline.share(left--));
            } catch (LDAPException e) {
                last = e;
            }
        }
        throw last == null ? new LDAPException(ResultCode.CONNECT_ERROR, "no server is configured") : last;
    }

    private LDAPConnection open(Server server, Deadline deadline) throws LDAPException {
        LDAPConnectionOptions options = options(deadline);
        LDAPConnection connection = server.security() == Security.TLS ? new LDAPConnection(tls(server, deadline), options) : new LDAPConnection(options);
        try {
            connection.connect(server.host(), server.port(), deadline.millis());
            if (server.security() == Security.START_TLS) {
                StartTLSExtendedRequest request = new StartTLSExtendedRequest(tls(server, deadline));
                request.setResponseTimeoutMillis(deadline.millis());
                ExtendedResult result = connection.processExtendedOperation(request);
                if (result.getResultCode() != ResultCode.SUCCESS) {
                    throw new LDAPException(result);
                }
            }
            return connection;
        } catch (LDAPException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static LDAPConnectionOptions options(Deadline deadline) {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setUseSynchronousMode(true);
        options.setFollowReferrals(false);
        options.setUseSchema(false);
        options.setAbandonOnTimeout(false);
        options.setBindWithDNRequiresPassword(true);
        options.setMaxMessageSize(1 << 20);
        options.setConnectTimeoutMillis(deadline.millis());
        options.setResponseTimeoutMillis(deadline.millis());
        return options;
    }

    private SSLSocketFactory tls(Server server, Deadline deadline) throws LDAPException {
        try {
            TrustManager[] trusted = null;
            if (settings.caFile().isPresent()) {
                TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                managers.init(authorities(settings.caFile().get()));
                trusted = managers.getTrustManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusted, null);
            return new TimedTls(context.getSocketFactory(), server.host(), deadline);
        } catch (IOException | GeneralSecurityException e) {
            throw new LDAPException(ResultCode.LOCAL_ERROR, "caFile " + settings.caFile().map(Path::toString).orElse("") + " cannot be used: " + e, e);
        }
    }

    private static KeyStore authorities(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + store.size(), one);
            }
        }
        if (store.size() == 0) {
            throw new IOException("there is no certificate in it");
        }
        return store;
    }
}
