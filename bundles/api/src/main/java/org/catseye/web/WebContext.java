package org.catseye.web;

/** The guarded servlet context. Its servlets need not check where a request comes from, because the gate has. */
public final class WebContext {

    /** Value of {@code osgi.http.whiteboard.context.name}. The context exists only while the gate and access control do. */
    public static final String NAME = "org.catseye";

    /** For {@code HttpWhiteboardContextSelect}. */
    public static final String SELECT = "(osgi.http.whiteboard.context.name=" + NAME + ")";

    /** Request attribute: the {@link org.catseye.access.Session} of the caller. Absent only on the public paths. */
    public static final String SESSION = "org.catseye.access.session";

    /**
     * Request attribute: {@link Boolean#TRUE} if the user proved their identity recently enough to make changes that give power. Otherwise a servlet
     * refuses such a change with the status 403 and the code {@value #PROOF_REQUIRED}; the page then asks the user and tries again.
     */
    public static final String PROVED = "org.catseye.access.proved";

    /** Error code: the user has to prove their identity again, at {@code POST /api/v1/session/proof} or on the page {@value #PROOF_PAGE}. */
    public static final String PROOF_REQUIRED = "proof_required";

    /** The page that asks for the password or a code. In its fragment, {@code next=} has the path to go on to. */
    public static final String PROOF_PAGE = "/confirm";

    /** Name of the session cookie. */
    public static final String COOKIE = "catseye-session";

    /** Servlet name of the bundle that serves the console page, to find out whether it is present. */
    public static final String PAGE = "org.catseye.web.page";

    /** The page serves files of plug-in bundles below this path: {@code <path><symbolic name>/<file in the bundle's folder static>}. */
    public static final String PLUGIN_FILES = "/ui/plugins/";

    /**
     * Service property of any service: URL of an ES module that the console page loads. The page serves a URL below {@value #PLUGIN_FILES} and the
     * registering bundle's symbolic name, such as {@code /ui/plugins/com.example.power/panel.js}; any other URL the registering bundle serves itself.
     */
    public static final String PAGE_MODULE = "catseye.page.module";

    /** Request attribute, present if the body didn't arrive in time: only the part that did can be read. */
    public static final String LATE_BODY = "org.catseye.body.late";

    private WebContext() {
    }
}
