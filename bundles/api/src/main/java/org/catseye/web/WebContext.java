package org.catseye.web;

/** The guarded servlet context. Whoever registers a servlet in it need not check who asks: the gate did. */
public final class WebContext {

    /** Value of {@code osgi.http.whiteboard.context.name}. The context exists only while the gate and access control do. */
    public static final String NAME = "org.catseye";

    /** For {@code HttpWhiteboardContextSelect}. */
    public static final String SELECT = "(osgi.http.whiteboard.context.name=" + NAME + ")";

    /** Request attribute: the {@link org.catseye.access.Session} of the caller. Absent only on the public paths. */
    public static final String SESSION = "org.catseye.access.session";

    /**
     * Request attribute: {@link Boolean#TRUE} if the caller's user proved recently enough who they are to make changes that give power. A servlet
     * with such a change refuses it otherwise, with the status 403 and the code {@value #PROOF_REQUIRED}; the page then asks the user and tries again.
     */
    public static final String PROVED = "org.catseye.access.proved";

    /** Error code: the user has to prove again who they are, at {@code POST /api/v1/session/proof} or on the page {@value #PROOF_PAGE}. */
    public static final String PROOF_REQUIRED = "proof_required";

    /** The page that asks for the password or a code. In its fragment, {@code next=} has the path to go on to. */
    public static final String PROOF_PAGE = "/confirm";

    /** Name of the session cookie. */
    public static final String COOKIE = "catseye-session";

    /** Servlet name of the bundle that serves the console page; for those who want to know whether it is there. */
    public static final String PAGE = "org.catseye.web.page";

    /**
     * Service property of any service: URL of an ES module that the console page loads, for example {@code /power/panel.js}.
     * The registering bundle serves the URL.
     */
    public static final String PAGE_MODULE = "catseye.page.module";

    private WebContext() {
    }
}
