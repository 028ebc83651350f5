package org.catseye.web.rest;

/** Where the servlets of this bundle are. */
final class Endpoints {

    static final String SESSION = "/api/v1/session";
    static final String PROOF = SESSION + "/proof";
    static final String SESSIONS = "/api/v1/sessions";
    static final String TOKENS = "/api/v1/tokens";
    static final String USERS = "/api/v1/users";
    static final String ROLES = "/api/v1/roles";
    static final String AUDIT = "/api/v1/audit";
    static final String SETUP = "/api/v1/setup";
    /** The list alone: what lies below belongs to the socket bundle. */
    static final String TARGETS = "/api/v1/targets";
    /** Below one target, where the socket bundle has the pattern for all: a filter comes before it. */
    static final String CHECKS = "/api/v1/targets/{id}/checks";
    static final String CHECKS_REGEX = "/api/v1/targets/[^/]+/checks(/.*)?";
    static final String HEALTH = "/api/v1/health";
    static final String METRICS = "/metrics";
    static final String OPENAPI = "/api/v1/openapi.json";

    private Endpoints() {
    }
}
