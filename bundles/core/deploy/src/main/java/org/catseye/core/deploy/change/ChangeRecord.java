package org.catseye.core.deploy.change;

import java.util.HashMap;
import java.util.Map;

/**
 * A change of a jar whose trial has not ended. It is on the disk as long as that is so.
 *
 * @param name the symbolic name
 * @param fileName in the drop folder
 * @param version the new version
 * @param digest SHA-256 of the new content
 * @param keptFile the file with the previous content; empty if there was none
 * @param wasStopped whether an administrator had stopped the previous content
 * @param user who has changed it
 * @param address of the user
 */
public record ChangeRecord(String name, String fileName, String version, String digest, String keptFile, boolean wasStopped, String user, String address) {

    /** @throws IllegalArgumentException if the text is not complete */
    static ChangeRecord parse(String name, String text) {
        Map<String, String> values = new HashMap<>();
        text.lines().filter(line -> line.indexOf(' ') > 0).forEach(line -> values.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)));
        for (String key : new String[] {"file", "version", "digest", "kept", "stopped", "user", "address"}) {
            if (!values.containsKey(key)) {
                throw new IllegalArgumentException("the record of the change of " + name + " has no " + key);
            }
        }
        return new ChangeRecord(name, values.get("file"), values.get("version"), values.get("digest"), values.get("kept"), Boolean.parseBoolean(values.get("stopped")),
                values.get("user"), values.get("address"));
    }

    /** One value per line. Names of files and users have no line breaks: the drop folder takes no others from here, and there are no such users. */
    String format() {
        return "file " + fileName + "\nversion " + version + "\ndigest " + digest + "\nkept " + keptFile + "\nstopped " + wasStopped + "\nuser " + user + "\naddress " + address + "\n";
    }
}
