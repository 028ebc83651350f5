package org.catseye.web.gate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

/** A request as the client made it, not as the proxy did: whoever asks for address, scheme or host gets the client's. */
final class SeenRequest extends HttpServletRequestWrapper {

    private final Proxies.Seen seen;

    SeenRequest(HttpServletRequest request, Proxies.Seen seen) {
        super(request);
        this.seen = seen;
    }

    @Override
    public String getRemoteAddr() {
        return seen.address();
    }

    @Override
    public String getRemoteHost() {
        return seen.address();
    }

    /** Unknown: it was the proxy that the client's port belonged to. */
    @Override
    public int getRemotePort() {
        return 0;
    }

    @Override
    public String getScheme() {
        return seen.scheme().orElseGet(super::getScheme);
    }

    @Override
    public boolean isSecure() {
        return seen.scheme().map("https"::equals).orElseGet(super::isSecure);
    }

    private Optional<Authority> authority() {
        return seen.host().flatMap(Authority::parse);
    }

    @Override
    public String getServerName() {
        return authority().map(Authority::host).orElseGet(super::getServerName);
    }

    @Override
    public int getServerPort() {
        int usual = getScheme().equals("https") ? 443 : 80;
        return authority().map(authority -> authority.port() < 0 ? usual : authority.port()).orElseGet(super::getServerPort);
    }

    @Override
    public StringBuffer getRequestURL() {
        Optional<Authority> authority = authority();
        return authority.isEmpty() ? super.getRequestURL() : new StringBuffer(authority.get().origin(getScheme())).append(getRequestURI());
    }

    @Override
    public String getHeader(String name) {
        return name.equalsIgnoreCase("Host") && seen.host().isPresent() ? seen.host().get() : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return name.equalsIgnoreCase("Host") && seen.host().isPresent() ? Collections.enumeration(List.of(seen.host().get())) : super.getHeaders(name);
    }
}
