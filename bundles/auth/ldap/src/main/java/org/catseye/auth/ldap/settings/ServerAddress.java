package org.catseye.auth.ldap.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.catseye.config.BadValueException;
import org.catseye.options.Options;

/**
 * An address of the directory.
 *
 * @param security how the connection is protected before anything else is sent
 */
public record ServerAddress(String host, int port, Security security) {

    private static final String KEY = "servers";
    private static final int LDAPS_PORT = 636;
    private static final int LDAP_PORT = 389;

    public enum Security { TLS, START_TLS, NONE_ON_THIS_MACHINE }

    /** @param options for the message of the exception */
    public static ServerAddress parseAddress(Options options, String address, boolean startTls) throws BadValueException {
        URI uri = parseUri(options, address);
        boolean tls = "ldaps".equals(schemeOf(uri));
        String host = uri.getHost().startsWith("[") ? uri.getHost().substring(1, uri.getHost().length() - 1) : uri.getHost();
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? LDAPS_PORT : LDAP_PORT;
        if (!tls && !startTls && !isThisMachine(host)) {
            throw options.badValue(KEY, address,
                    "encrypted, because passwords would cross the network in clear text: use ldaps://, or leave startTls on");
        }
        return new ServerAddress(host, port, tls ? Security.TLS : startTls ? Security.START_TLS : Security.NONE_ON_THIS_MACHINE);
    }

    private static URI parseUri(Options options, String address) throws BadValueException {
        try {
            URI uri = new URI(address);
            boolean ldap = schemeOf(uri).matches("ldaps?");
            if (ldap && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null && uri.getPath().matches("/?")) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // The message below describes the allowed values.
        }
        // A user name and password in the address must not reach the log.
        String shown = address.replaceAll("//.*@", "//...@");
        throw options.badValue(KEY, shown, "an address of the form ldaps://HOST, ldaps://HOST:PORT or ldap://HOST");
    }

    private static String schemeOf(URI uri) {
        return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    }

    /** Decided by the text, without a request to a name server. */
    private static boolean isThisMachine(String host) {
        return host.equalsIgnoreCase("localhost") || host.matches("127(\\.[0-9]{1,3}){3}")
                || host.equals("::1") || host.matches("(0+:){7}0*1");
    }

    @Override
    public String toString() {
        return (security == Security.TLS ? "ldaps://" : "ldap://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
