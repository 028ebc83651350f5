package org.catseye.web.gate.forwarded;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.catseye.web.gate.origin.Authority;

/** A request as the client sent it to the proxy: address, scheme and host are those of the client. */
public final class ForwardedRequest extends HttpServletRequestWrapper {

    private final ReportedClient client;
    /** The Host header as the client sent it; empty if the proxies report nothing about it. */
    private final Optional<String> host;

    public ForwardedRequest(HttpServletRequest request, ReportedClient client) {
        super(request);
        this.client = client;
        host = client.port().isPresent() ? addPort(client.host().or(this::findProxiedHost), client.port().getAsInt()) : client.host();
    }

    /** The Host header that the proxy sent; empty unless there is exactly one. */
    private Optional<String> findProxiedHost() {
        List<String> hosts = Collections.list(super.getHeaders("Host"));
        return hosts.size() == 1 ? Optional.of(hosts.get(0)) : Optional.empty();
    }

    /** A proxy may report the host without its port, as nginx does with $host. */
    private static Optional<String> addPort(Optional<String> host, int port) {
        Optional<Authority> withoutPort = host.flatMap(Authority::parseAuthority).filter(authority -> authority.port() < 0);
        return withoutPort.isEmpty() ? host : withoutPort.map(authority -> new Authority(authority.host(), port).toHostHeader());
    }

    @Override
    public String getRemoteAddr() {
        return client.address();
    }

    @Override
    public String getRemoteHost() {
        return client.address();
    }

    /** Unknown: the connection's port belongs to the proxy. */
    @Override
    public int getRemotePort() {
        return 0;
    }

    @Override
    public String getScheme() {
        return client.scheme().orElseGet(super::getScheme);
    }

    @Override
    public boolean isSecure() {
        return client.scheme().map("https"::equals).orElseGet(super::isSecure);
    }

    private Optional<Authority> findAuthority() {
        return host.flatMap(Authority::parseAuthority);
    }

    @Override
    public String getServerName() {
        return findAuthority().map(Authority::host).orElseGet(super::getServerName);
    }

    @Override
    public int getServerPort() {
        return findAuthority().map(authority -> authority.port() < 0 ? Authority.defaultPort(getScheme()) : authority.port())
                .orElseGet(super::getServerPort);
    }

    @Override
    public StringBuffer getRequestURL() {
        Optional<Authority> authority = findAuthority();
        return authority.isEmpty() ? super.getRequestURL() : new StringBuffer(authority.get().toOrigin(getScheme())).append(getRequestURI());
    }

    @Override
    public String getHeader(String name) {
        return isReplaced(name) ? host.orElseThrow() : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return isReplaced(name) ? Collections.enumeration(List.of(host.orElseThrow())) : super.getHeaders(name);
    }

    private boolean isReplaced(String name) {
        return name.equalsIgnoreCase("Host") && host.isPresent();
    }
}
