package org.catseye.auth.ldap.connection;

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
import org.catseye.auth.ldap.settings.LdapSettings;
import org.catseye.auth.ldap.settings.ServerAddress;
import org.catseye.auth.ldap.settings.ServerAddress.Security;

/**
 * Opens connections. Sends nothing before a connection is encrypted and its certificate is trusted for the server's name. Does not follow
 * referrals, which would send a password to any server that the directory names. Reads the file of authorities each time, so that a new
 * file takes effect immediately.
 */
public final class LdapConnector {

    private static final int MAX_MESSAGE_BYTES = 1 << 20;

    private final LdapSettings settings;

    public LdapConnector(LdapSettings settings) {
        this.settings = settings;
    }

    /**
     * An anonymous connection to the first server that answers.
     *
     * @throws LDAPException the failure of the last server
     */
    public LDAPConnection openConnection(Deadline deadline) throws LDAPException {
        LDAPException last = null;
        int remaining = settings.servers().size();
        for (ServerAddress server : settings.servers()) {
            try {
                // Each remaining server gets an equal part of the remaining time.
                return connectTo(server, deadline.divideBy(remaining--));
            } catch (LDAPException e) {
                last = e;
            }
        }
        throw last == null ? new LDAPException(ResultCode.CONNECT_ERROR, "no server is configured") : last;
    }

    private LDAPConnection connectTo(ServerAddress server, Deadline deadline) throws LDAPException {
        LDAPConnectionOptions options = createOptions(deadline);
        LDAPConnection connection = server.security() == Security.TLS
                ? new LDAPConnection(createTlsSockets(server, deadline), options) : new LDAPConnection(options);
        try {
            connection.connect(server.host(), server.port(), deadline.remainingMillis());
            if (server.security() == Security.START_TLS) {
                startTls(connection, server, deadline);
            }
            return connection;
        } catch (LDAPException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void startTls(LDAPConnection connection, ServerAddress server, Deadline deadline) throws LDAPException {
        StartTLSExtendedRequest request = new StartTLSExtendedRequest(createTlsSockets(server, deadline));
        request.setResponseTimeoutMillis(deadline.remainingMillis());
        ExtendedResult result = connection.processExtendedOperation(request);
        if (result.getResultCode() != ResultCode.SUCCESS) {
            throw new LDAPException(result);
        }
    }

    private static LDAPConnectionOptions createOptions(Deadline deadline) {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setUseSynchronousMode(true);
        options.setFollowReferrals(false);
        options.setUseSchema(false);
        options.setAbandonOnTimeout(false);
        options.setBindWithDNRequiresPassword(true);
        options.setMaxMessageSize(MAX_MESSAGE_BYTES);
        options.setConnectTimeoutMillis(deadline.remainingMillis());
        options.setResponseTimeoutMillis(deadline.remainingMillis());
        return options;
    }

    private SSLSocketFactory createTlsSockets(ServerAddress server, Deadline deadline) throws LDAPException {
        try {
            TrustManager[] trusted = null;
            if (settings.caFile().isPresent()) {
                TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                managers.init(loadAuthorities(settings.caFile().get()));
                trusted = managers.getTrustManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusted, null);
            return new BoundedTlsSockets(context.getSocketFactory(), server.host(), deadline);
        } catch (IOException | GeneralSecurityException e) {
            throw new LDAPException(ResultCode.LOCAL_ERROR,
                    "caFile " + settings.caFile().map(Path::toString).orElse("") + " cannot be used: " + e, e);
        }
    }

    private static KeyStore loadAuthorities(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + store.size(), authority);
            }
        }
        if (store.size() == 0) {
            throw new IOException("the file contains no certificate");
        }
        return store;
    }
}
