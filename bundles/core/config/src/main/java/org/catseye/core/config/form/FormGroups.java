package org.catseye.core.config.form;

import java.util.Comparator;
import java.util.Map;
import org.catseye.settings.SettingsForm.Group;

/** Where users look for the form of a PID. */
final class FormGroups {

    /** By the beginning of the PID; the longest one that fits counts. */
    private static final Map<String, Group> GROUPS = Map.ofEntries(
            Map.entry("org.catseye.core.target", Group.COMPUTERS), Map.entry("org.catseye.capture.", Group.COMPUTERS),
            Map.entry("org.catseye.core.video", Group.COMPUTERS), Map.entry("org.catseye.ffmpeg", Group.COMPUTERS),
            Map.entry("org.catseye.jpeg", Group.COMPUTERS), Map.entry("org.catseye.qemu", Group.COMPUTERS), Map.entry("org.catseye.virtual", Group.COMPUTERS), Map.entry("org.catseye.vnc", Group.COMPUTERS),
            Map.entry("org.catseye.hid.", Group.INPUT), Map.entry("org.catseye.web.control", Group.INPUT),
            Map.entry("org.catseye.power.", Group.POWER), Map.entry("org.catseye.core.media", Group.MEDIA),
            Map.entry("org.catseye.web.", Group.WEB), Map.entry("org.catseye.core.access", Group.WEB), Map.entry("org.catseye.auth.", Group.WEB),
            Map.entry("org.apache.felix.http", Group.WEB), Map.entry("org.catseye.board.", Group.BOARD));

    private FormGroups() {
    }

    static Group findGroup(String pid) {
        return GROUPS.keySet().stream().filter(pid::startsWith).max(Comparator.comparingInt(String::length)).map(GROUPS::get).orElse(Group.OTHER);
    }
}
