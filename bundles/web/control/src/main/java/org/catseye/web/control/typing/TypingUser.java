package org.catseye.web.control.typing;

import org.catseye.access.AccessControl;
import org.catseye.access.Permission;
import org.catseye.access.Session;

/** Who types a text. @param address for the audit log */
record TypingUser(AccessControl access, Session session, String address) {

    String name() {
        return session.user();
    }

    boolean isLoggedIn() {
        return session.valid();
    }

    boolean mayControl(String target) {
        return access.hasPermission(session, Permission.CONTROL, target);
    }
}
