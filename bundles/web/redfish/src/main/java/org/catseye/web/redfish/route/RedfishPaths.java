package org.catseye.web.redfish.route;

import org.catseye.http.RedfishError;

/** The paths of the resources. */
public final class RedfishPaths {

    public static final String ROOT = RedfishError.PATH + "/v1";
    public static final String SYSTEMS = ROOT + "/Systems";
    public static final String MANAGERS = ROOT + "/Managers";
    public static final String SESSION_SERVICE = ROOT + "/SessionService";
    public static final String SESSIONS = SESSION_SERVICE + "/Sessions";
    public static final String TASK_SERVICE = ROOT + "/TaskService";
    public static final String TASKS = TASK_SERVICE + "/Tasks";
    public static final String TASK_MONITORS = TASK_SERVICE + "/TaskMonitors";

    private RedfishPaths() {
    }
}
