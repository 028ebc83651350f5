package org.catseye.web.rest.monitoring;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.Authenticator;
import org.catseye.access.spi.DeviceUsers;
import org.catseye.targets.Target;
import org.catseye.web.ChannelHandler;
import org.catseye.web.WebContext;
import org.catseye.web.rest.Targets;
import org.catseye.web.rest.route.ApiServlet;
import org.catseye.web.rest.route.Endpoints;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Whether the essential parts are running. Public, so it reveals no more than that. A target without a picture is healthy, as long as its hub runs:
 * the hub's status describes what is missing.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(Endpoints.HEALTH)
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class HealthServlet extends ApiServlet {

    private static final long serialVersionUID = 1;

    /** The essential parts. Programs read the code; the launcher is one of them. */
    private enum Part {
        USERS("users", "users who can log in"),
        VIDEO("video", "the video hub of the target " + Target.DEFAULT),
        CONTROL("control", "the control channel"),
        PAGE("page", "the console page");

        private final String code;
        private final String description;

        Part(String code, String description) {
            this.code = code;
            this.description = description;
        }
    }

    private final transient Targets targets;
    private final String version;

    /** A reference only, so that the service is not created for this. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, service = ChannelHandler.class,
            target = "(" + ChannelHandler.NAME + "=control)")
    private transient volatile ServiceReference<ChannelHandler> control;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, service = Servlet.class,
            target = "(" + HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_NAME + "=" + WebContext.PAGE + ")")
    private transient volatile ServiceReference<Servlet> page;

    private final transient List<Authenticator> authenticators = new CopyOnWriteArrayList<>();

    /** Access control is not checked: without it there is no gate, and this servlet is not reachable. */
    @Activate
    public HealthServlet(BundleContext context, @Reference Targets targets) {
        this(Optional.ofNullable(context.getProperty("catseye.version")).orElse(context.getBundle().getVersion().toString()), targets);
    }

    public HealthServlet(String version, Targets targets) {
        this.version = version;
        this.targets = targets;
    }

    @Override
    public Map<String, Action> supportedActions() {
        return Map.of("GET", this::reportHealth);
    }

    private void reportHealth(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Set<Part> missing = findMissingParts();
        ObjectNode result = JSON.createObjectNode().put("status", missing.isEmpty() ? "ok" : "incomplete").put("version", version);
        if (!missing.isEmpty()) {
            ArrayNode descriptions = result.putArray("missing");
            ArrayNode codes = result.putArray("missingParts");
            for (Part part : missing) {
                descriptions.add(part.description);
                codes.add(part.code);
            }
        }
        sendJson(response, missing.isEmpty() ? 200 : 503, result);
    }

    private Set<Part> findMissingParts() {
        Set<Part> missing = EnumSet.noneOf(Part.class);
        if (authenticators.stream().noneMatch(HealthServlet::canLogIn)) {
            missing.add(Part.USERS);
        }
        if (!targets.hasVideo(Target.DEFAULT)) {
            missing.add(Part.VIDEO);
        }
        if (control == null) {
            missing.add(Part.CONTROL);
        }
        if (page == null) {
            missing.add(Part.PAGE);
        }
        return missing;
    }

    /** The device's users answer from memory, and may be unreadable. A directory is not asked, because this is public. */
    private static boolean canLogIn(Authenticator authenticator) {
        return !(authenticator instanceof DeviceUsers users && users.check("") instanceof Answer.Unavailable);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addAuthenticator(Authenticator authenticator) {
        authenticators.add(authenticator);
    }

    void removeAuthenticator(Authenticator authenticator) {
        authenticators.remove(authenticator);
    }

    void control(ServiceReference<ChannelHandler> reference) {
        control = reference;
    }

    void page(ServiceReference<Servlet> reference) {
        page = reference;
    }
}
