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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.catseye.config.Limits;
import org.catseye.web.RequestGuard.Ask;
import org.catseye.web.RequestGuard.Refusal;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.servlet.whiteboard.Preprocessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Comes before every servlet and every context, also those that are not ours: finds out who asks when a proxy is between, and turns away what came
 * without TLS when it should have come with it. The gate and the guard exist only while this does.
 */
@Component(service = {Preprocessor.class, FrontDoor.class}, configurationPid = GateConfig.PID, property = Constants.SERVICE_RANKING + ":Integer=1000")
@Designate(ocd = GateConfig.class)
public final class FrontDoor implements Preprocessor {

    /** Request attribute that says that the request came through here. */
    static final String PASSED = FrontDoor.class.getName();

    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
    private static final int MOST_DAYS = 730;

    private final Origins origins;
    private final Proxies proxies;
    private final PlainHttp plain;
    private final String strictTransport;

    @Activate
    public FrontDoor(GateConfig config, BundleContext context) {
        this(config, new Origins(Origins.machineName(), config.hostNames(), config.origins()), port(context.getProperty("catseye.https.port")));
    }

    FrontDoor(GateConfig config, Origins origins, OptionalInt securePort) {
        this.origins = origins;
        proxies = new Proxies(config.proxies(), config.proxyHeader());
        plain = new PlainHttp(origins, securePort);
        strictTransport = strictTransport(config::strictTransportDays);
    }

    private static OptionalInt port(String property) {
        return property == null || property.isBlank() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(property.strip()));
    }

    /** RFC 6797; empty for none. */
    private static String strictTransport(IntSupplier given) {
        // Without the gate nobody could get in to mend a bad value.
        int days = Limits.within(GateConfig.PID, "strictTransportDays", given, 0, MOST_DAYS, 0, LOG::error);
        return days == 0 ? "" : "max-age=" + days * 86_400L;
    }

    Origins origins() {
        return origins;
    }

    Proxies proxies() {
        return proxies;
    }

    @Override
    public void doFilter(ServletRequest given, ServletResponse answer, FilterChain chain) throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) given;
        HttpServletResponse response = (HttpServletResponse) answer;
        Function<String, List<String>> headers = name -> Collections.list(request.getHeaders(name));
        Optional<Proxies.Seen> seen = proxies.see(request.getRemoteAddr(), headers);
        HttpServletRequest asked = seen.isPresent() ? new SeenRequest(request, seen.get()) : request;
        boolean local = Proxies.loopback(request.getRemoteAddr()) && (!Proxies.forwarded(headers) || seen.filter(FrontDoor::itself).isPresent());
        Optional<Refusal> refusal = plain.judge(ask(asked), local);
        if (refusal.isPresent()) {
            SecurityHeaders.set(response);
            Answers.send(response, Answers.of(ask(asked), refusal.get(), ""));
            return;
        }
        if (asked.isSecure() && !strictTransport.isEmpty()) {
            response.setHeader("Strict-Transport-Security", strictTransport);
        }
        asked.setAttribute(PASSED, Boolean.TRUE);
        // What is below /api answers for itself, and takes connections over from the web server, whose own response it needs for that.
        chain.doFilter(asked, asked.getRequestURI().startsWith("/api/") ? response : new PlainWords(asked, response));
    }

    /** A header may name any address, also ours: from this machine is only what the connection and all of the readable chain agree on. */
    private static boolean itself(Proxies.Seen seen) {
        return seen.sure() && Proxies.loopback(seen.address());
    }

    /** The request as the guard wants it. */
    static Ask ask(HttpServletRequest request) {
        String path = request.getRequestURI();
        String target = request.getQueryString() == null ? path : path + "?" + request.getQueryString();
        return new Ask(request.getMethod(), request.isSecure(), target, name -> Collections.list(request.getHeaders(name)));
    }
}
