package org.catseye.web.rest.route;

/** The paths of the servlets of this bundle. */
public final class Endpoints {

    public static final String SESSION = "/api/v1/session";
    public static final String PROOF = SESSION + "/proof";
    public static final String SESSIONS = "/api/v1/sessions";
    public static final String TOKENS = "/api/v1/tokens";
    public static final String USERS = "/api/v1/users";
    public static final String ROLES = "/api/v1/roles";
    public static final String AUDIT = "/api/v1/audit";
    public static final String SETUP = "/api/v1/setup";
    /** The list; the paths below belong to the dispatcher of target resources. */
    public static final String TARGETS = "/api/v1/targets";
    public static final String HEALTH = "/api/v1/health";
    public static final String BOARD = "/api/v1/board";
    /** The library. */
    public static final String MEDIA = "/api/v1/media";
    /** Of the library, by tus. */
    public static final String UPLOADS = MEDIA + "/uploads";
    /** Of the library: images with a file system for files. */
    public static final String DISKS = MEDIA + "/disks";
    /** Of all bundles. */
    public static final String SETTINGS = "/api/v1/settings";
    public static final String PLUGINS = "/api/v1/plugins";
    /** The trusted makers of plug-ins. */
    public static final String MAKERS = PLUGINS + "/makers";
    /** Of the product. */
    public static final String FEATURES = "/api/v1/features";
    public static final String METRICS = "/metrics";
    public static final String OPENAPI = "/api/v1/openapi.json";
    private Endpoints() {
    }
}
