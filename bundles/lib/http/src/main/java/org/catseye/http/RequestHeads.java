package org.catseye.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import org.catseye.web.RequestGuard.RequestHead;
import org.catseye.web.WebContext;

/** Describes servlet requests for the {@link org.catseye.web.RequestGuard}. */
public final class RequestHeads {

    private RequestHeads() {
    }

    public static RequestHead describeRequest(HttpServletRequest request) {
        String path = request.getRequestURI();
        String target = request.getQueryString() == null ? path : path + "?" + request.getQueryString();
        return new RequestHead(request.getMethod(), request.isSecure(), target, name -> Collections.list(request.getHeaders(name)),
                findBasePath(request));
    }

    /** The path below which a proxy publishes this device; empty for the root. See {@link WebContext#BASE_PATH}. */
    public static String findBasePath(HttpServletRequest request) {
        return request.getAttribute(WebContext.BASE_PATH) instanceof String path ? path : "";
    }

    /** Whether the client lists HTML among the types that it takes. */
    public static boolean acceptsHtml(RequestHead head) {
        return head.headers().apply("Accept").stream().anyMatch(accept -> accept.toLowerCase(Locale.ROOT).contains("text/html"));
    }

    /** Whether a browser opens this as a page, so that a person reads the answer. Never for an API or a WebSocket. */
    public static boolean isNavigation(RequestHead head) {
        return (head.method().equals("GET") || head.method().equals("HEAD")) && !head.hasHeader("Upgrade")
                && !isForPrograms(head.target()) && acceptsHtml(head);
    }

    /** Whether only programs use the path: that of the API or of the Redfish service. Its errors are never pages. */
    public static boolean isForPrograms(String target) {
        return target.startsWith("/api/") || isRedfish(target);
    }

    /** Whether a path, with or without a query, belongs to the Redfish service. */
    public static boolean isRedfish(String target) {
        return RedfishError.covers(target.split("\\?", 2)[0]);
    }
}
