package org.catseye.core.media.files;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catseye.media.DiskFile;

/** Reads what {@code mdir -/ -a} of mtools 4 prints: for each folder its name, and a line for each entry. */
final class Listing {

    private static final Pattern FOLDER = Pattern.compile("Directory for ::/(.*)");
    /** Name and extension in fixed columns, size or <DIR>, date, time, and the long name if there is one. */
    private static final Pattern ENTRY = Pattern.compile("(.{8}) (.{3}) +(<DIR>|[0-9]+) +\\d{4}-\\d\\d-\\d\\d +\\d\\d?:\\d\\d ?(?: (.*))?");

    private Listing() {
    }

    static List<DiskFile> parseListing(String printed) {
        List<DiskFile> files = new ArrayList<>();
        String folder = "";
        for (String line : printed.split("\n")) {
            Matcher entry = ENTRY.matcher(line);
            Matcher heading = FOLDER.matcher(line);
            if (heading.matches()) {
                folder = heading.group(1);
            } else if (entry.matches()) {
                addEntry(files, folder, entry);
            }
        }
        return files;
    }

    private static void addEntry(List<DiskFile> files, String folder, Matcher entry) {
        String extension = entry.group(2).strip();
        String shortName = entry.group(1).strip() + (extension.isEmpty() ? "" : "." + extension);
        String name = entry.group(4) == null || entry.group(4).isEmpty() ? shortName : entry.group(4);
        if (name.equals(".") || name.equals("..")) {
            return;
        }
        boolean isFolder = entry.group(3).equals("<DIR>");
        files.add(new DiskFile(folder.isEmpty() ? name : folder + "/" + name, isFolder, isFolder ? 0 : Long.parseLong(entry.group(3))));
    }
}
