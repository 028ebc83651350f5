package org.catseye.web.redfish.media;

import java.util.Map;
import java.util.TreeMap;
import org.catseye.access.Audit;
import org.catseye.media.MediaException;
import org.catseye.web.redfish.route.RedfishException;

/** Performs changes and records them in the audit log, with their results. Thread-safe. */
final class MediaAudit {

    private final Audit audit;

    MediaAudit(Audit audit) {
        this.audit = audit;
    }

    interface Change {
        void perform() throws RedfishException, InterruptedException, MediaException;
    }

    /** @param details what the entry has besides the target and the result */
    void record(String action, Place place, String user, String address, Map<String, String> details, Change change) throws RedfishException, InterruptedException {
        // For a failure that nothing below describes.
        String result = "failed";
        try {
            change.perform();
            result = "done";
        } catch (MediaException e) {
            result = e.getMessage();
            throw Drives.toRedfishException(e);
        } catch (RedfishException e) {
            result = e.getMessage();
            throw e;
        } finally {
            Map<String, String> all = new TreeMap<>(details);
            all.putAll(Map.of("target", place.target(), "drive", place.drive(), "by", "Redfish", "result", result));
            audit.record(action, user, address, all);
        }
    }
}
