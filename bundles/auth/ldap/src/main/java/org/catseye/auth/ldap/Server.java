package org.catseye.auth.ldap;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * One address of the directory.
 *
 * @param security how the connection is protected before anything is sent
 */
record Server(String host, int port, Security security) {

    enum Security { TLS, START_TLS, NONE_ON_THIS_MACHINE }

    /** @throws IllegalArgumentException saying what would be right */
    static Server parse(String address, boolean startTls) {
        URI uri;
        try {
            uri = new URI(address.strip());
        } catch (URISyntaxException e) {
            throw wrong(address);
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("ldaps");
        if (!tls && !scheme.equals("ldap") || uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null
                || !(uri.getPath().isEmpty() || uri.getPath().equals("/"))) {
            throw wrong(address);
        }
        String host = uri.getHost().startsWith("[") ? uri.getHost().substring(1, uri.getHost().length() - 1) : uri.getHost();
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? 636 : 389;
        if (!tls && !startTls && !isThisMachine(host)) {
            throw new IllegalArgumentException("servers: " + address + " would send passwords in clear over the network; use ldaps://, or leave startTls on");
        }
        return new Server(host, port, tls ? Security.TLS : startTls ? Security.START_TLS : Security.NONE_ON_THIS_MACHINE);
    }

    private static IllegalArgumentException wrong(String address) {
        return new IllegalArgumentException("servers: '" + address + "' is no address of the form ldaps://HOST, ldaps://HOST:PORT or ldap://HOST");
    }

    /** By what is written, without asking a name server. */
    private static boolean isThisMachine(String host) {
        return host.equalsIgnoreCase("localhost") || host.matches("127(\\.[0-9]{1,3}){3}") || host.equals("::1") || host.matches("(0+:){7}0*1");
    }

    @Override
    public String toString() {
        return (security == Security.TLS ? "ldaps://" : "ldap://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
