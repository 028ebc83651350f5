package org.catseye.web.control.connection;

import java.util.EnumSet;
import java.util.Set;
import org.catseye.access.AccessControl;
import org.catseye.access.Permission;
import org.catseye.web.Channel;

/** A viewer's current permissions for one target, and which others it may see. */
record ViewerRights(AccessControl access, Channel channel, String target) {

    boolean hasPermission(Permission permission) {
        return access.hasPermission(channel.session(), permission, target);
    }

    boolean mayView(String other) {
        return access.hasPermission(channel.session(), Permission.VIEW, other);
    }

    Set<Permission> listPermissions() {
        Set<Permission> permitted = EnumSet.noneOf(Permission.class);
        for (Permission permission : Permission.values()) {
            if (hasPermission(permission)) {
                permitted.add(permission);
            }
        }
        return permitted;
    }
}
