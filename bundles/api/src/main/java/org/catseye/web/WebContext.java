package org.catseye.web;

/** Names for the guarded servlet context. Its servlets need not check the origin of a request, because the gate does. */
public final class WebContext {

    /**
     * Value of {@code osgi.http.whiteboard.context.name}. The context exists only while the gate and access control are
     * available.
     */
    public static final String NAME = "org.catseye";

    /** For {@code HttpWhiteboardContextSelect}. */
    public static final String SELECT = "(osgi.http.whiteboard.context.name=" + NAME + ")";

    /** Request attribute: the {@link org.catseye.access.Session} of the caller. Missing only on public paths. */
    public static final String SESSION = "org.catseye.access.session";

    /**
     * Request attribute: {@link Boolean#TRUE} if the user confirmed their identity recently enough for security-sensitive
     * changes. Otherwise a servlet must refuse such a change with status 403 and the code {@value #PROOF_REQUIRED}. The page then
     * asks the user to confirm and retries.
     */
    public static final String PROVED = "org.catseye.access.proved";

    /**
     * Error code: the user must confirm their identity again, with {@code POST /api/v1/session/proof} or on the page
     * {@value #PROOF_PAGE}.
     */
    public static final String PROOF_REQUIRED = "proof_required";

    /**
     * The page that asks the user for the password or a code. The {@code next=} value in its URL fragment is the path to open
     * afterwards.
     */
    public static final String PROOF_PAGE = "/confirm";

    /**
     * Name of the session cookie. Behind a proxy that publishes this device below a path such as {@code /kvm}, the path follows, as in
     * {@code catseye-session.kvm}.
     */
    public static final String COOKIE = "catseye-session";

    /**
     * Request attribute: the path below which a proxy publishes this device, such as {@code /kvm}; missing or empty for the root. Links and
     * redirects to this device begin with it. The paths of requests don't contain it.
     */
    public static final String BASE_PATH = "org.catseye.base.path";

    /** Servlet name of the bundle that serves the console page; used to detect whether that bundle is present. */
    public static final String PAGE = "org.catseye.web.page";

    /**
     * Path below which the page serves files of plug-in bundles:
     * {@code <path><symbolic name>/<file in the bundle's folder static>}.
     */
    public static final String PLUGIN_FILES = "/ui/plugins/";

    /**
     * Service property of any service: the URL of an ES module that the console page loads. The page serves URLs below
     * {@value #PLUGIN_FILES} followed by the symbolic name of the registering bundle, such as
     * {@code /ui/plugins/com.example.power/panel.js}. The registering bundle must serve any other URL itself.
     */
    public static final String PAGE_MODULE = "catseye.page.module";

    /** Request attribute, present if the request body did not arrive in time. Only the part that arrived can be read. */
    public static final String LATE_BODY = "org.catseye.body.late";

    private WebContext() {
    }
}
