package org.catseye.web.gate;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.catseye.http.RefusalAnswer;
import org.catseye.http.RequestHeads;
import org.catseye.http.SecurityHeaders;
import org.catseye.options.Options;
import org.catseye.web.RequestGuard.Refusal;
import org.catseye.web.RequestGuard.RequestHead;
import org.catseye.web.WebContext;
import org.catseye.web.gate.config.GateConfig;
import org.catseye.web.gate.forwarded.BasePath;
import org.catseye.web.gate.forwarded.ForwardedRequest;
import org.catseye.web.gate.forwarded.ReportedClient;
import org.catseye.web.gate.forwarded.TrustedProxies;
import org.catseye.web.gate.origin.OwnOrigins;
import org.catseye.web.gate.request.TlsRequirement;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.servlet.whiteboard.Preprocessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs before every servlet of every context, also before those of other bundles. Behind a proxy, it finds out which client sent the request and
 * below which path the proxy publishes this device. It refuses requests without TLS that need TLS. The gate's context and guard exist only while this component does.
 */
@Component(service = {Preprocessor.class, GatePreprocessor.class}, configurationPid = GateConfig.PID,
        property = Constants.SERVICE_RANKING + ":Integer=1000")
@Designate(ocd = GateConfig.class)
public final class GatePreprocessor implements Preprocessor {

    /** Request attribute: present if the request passed this preprocessor. */
    static final String PASSED = GatePreprocessor.class.getName();

    private static final Logger LOG = LoggerFactory.getLogger(GatePreprocessor.class);
    private static final long SECONDS_PER_DAY = 86_400;

    private final OwnOrigins origins;
    private final TrustedProxies proxies;
    private final TlsRequirement tls;
    private final String strictTransport;

    @Activate
    public GatePreprocessor(Map<String, ?> properties, BundleContext context) {
        this(new Options(GateConfig.PID, properties), OwnOrigins.readMachineName(), parsePort(context.getProperty("catseye.https.port")));
    }

    GatePreprocessor(Options options, String machineName, OptionalInt securePort) {
        origins = new OwnOrigins(machineName, options);
        proxies = new TrustedProxies(options);
        tls = new TlsRequirement(origins, securePort);
        strictTransport = formatStrictTransport(options);
    }

    private static OptionalInt parsePort(String property) {
        return property == null || property.isBlank() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(property.strip()));
    }

    /** The value of the header (RFC 6797); empty for none. */
    private static String formatStrictTransport(Options options) {
        // Without the gate, no user could log in to correct a bad value.
        int days = options.readNumberOrDefault("strictTransportDays", GateConfig.DEFAULT_STRICT_TRANSPORT_DAYS, GateConfig.MIN_STRICT_TRANSPORT_DAYS,
                GateConfig.MAX_STRICT_TRANSPORT_DAYS, LOG::error);
        return days == 0 ? "" : "max-age=" + days * SECONDS_PER_DAY;
    }

    OwnOrigins origins() {
        return origins;
    }

    TrustedProxies proxies() {
        return proxies;
    }

    @Override
    public void doFilter(ServletRequest given, ServletResponse answer, FilterChain chain) throws IOException, ServletException {
        HttpServletRequest original = (HttpServletRequest) given;
        HttpServletResponse response = (HttpServletResponse) answer;
        Function<String, List<String>> headers = name -> Collections.list(original.getHeaders(name));
        Optional<ReportedClient> client = proxies.findClient(original.getRemoteAddr(), headers);
        HttpServletRequest request = client.isPresent() ? new ForwardedRequest(original, client.get()) : original;
        BasePath basePath = client.map(ReportedClient::basePath).orElse(BasePath.ROOT);
        request.setAttribute(WebContext.BASE_PATH, basePath.path());
        // A header may name any address, also a local one. So the connection and the whole chain must say that the request comes from this machine.
        boolean local = TrustedProxies.isLoopback(original.getRemoteAddr())
                && (!TrustedProxies.isForwarded(headers) || client.filter(ReportedClient::isThisMachine).isPresent());
        RequestHead head = RequestHeads.describeRequest(request);
        Optional<Refusal> refusal = basePath.checkRequest(request.getRequestURI()).or(() -> tls.checkRequest(head, local));
        if (refusal.isPresent()) {
            SecurityHeaders.addTo(response);
            RefusalAnswer.create(head, refusal.get(), "").send(response);
            return;
        }
        passRequest(request, response, chain);
    }

    private void passRequest(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        if (request.isSecure() && !strictTransport.isEmpty()) {
            response.setHeader("Strict-Transport-Security", strictTransport);
        }
        request.setAttribute(PASSED, Boolean.TRUE);
        // Servlets for programs describe their errors themselves. Some take over the connection, for which they need the web server's own response.
        chain.doFilter(request, RequestHeads.isForPrograms(request.getRequestURI()) ? response : new ErrorPageResponse(request, response));
    }
}
