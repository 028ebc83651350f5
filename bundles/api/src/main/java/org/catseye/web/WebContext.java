package org.catseye.web;

/** The guarded servlet context. Whoever registers a servlet in it need not check who asks: the gate did. */
public final class WebContext {

    /** Value of {@code osgi.http.whiteboard.context.name}. The context exists only while the gate and access control do. */
    public static final String NAME = "org.catseye";

    /** For {@code HttpWhiteboardContextSelect}. */
    public static final String SELECT = "(osgi.http.whiteboard.context.name=" + NAME + ")";

    /** Request attribute: the {@link org.catseye.access.Session} of the caller. Absent only on the public paths. */
    public static final String SESSION = "org.catseye.access.session";

    /** Name of the session cookie. */
    public static final String COOKIE = "catseye-session";

    /** Servlet name of the bundle that serves the console page; for those who want to know whether it is there. */
    public static final String PAGE = "org.catseye.web.page";

    /**
     * Service property of any service: URL of an ES module that the console page loads, for example {@code /power/panel.js}.
     * The registering bundle serves the URL.
     */
    public static final String PAGE_MODULE = "catseye.page.module";

    /** Request attribute, present if the body didn't arrive in time: the part that did is all there is to read. */
    public static final String LATE_BODY = "org.catseye.body.late";

    private WebContext() {
    }
}
