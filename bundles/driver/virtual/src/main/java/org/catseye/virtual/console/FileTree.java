package org.catseye.virtual.console;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The files of the virtual computer. Paths are absolute and normal: {@code /etc/motd}; a folder ends in '/'. */
final class FileTree {

    private final TreeMap<String, String> files = new TreeMap<>();

    FileTree() {
        files.put("/etc/hostname", "pretend\n");
        files.put("/etc/motd", "Welcome to Catseye OS on a machine that does not exist.\nType `help` for what it can do.\n");
        files.put("/etc/os-release", "NAME=\"Catseye OS\"\nVERSION=\"1.0\"\nID=catseye\n");
        files.put("/home/user/cat.txt", " /\\_/\\\n( o.o )  I see you.\n > ^ <\n");
        files.put("/home/user/keys.txt", "Shift+PgUp/PgDn  scroll back\nUp/Down          history\nTab              complete\n"
            + "Ctrl+C, Ctrl+L   stop, clear\nCtrl+Alt+F1/F7   console, desktop\nCtrl+Alt+Del     restart\n");
        files.put("/home/user/pangram.txt", "The quick brown fox jumps over the lazy dog. 0123456789\n");
        files.put("/proc/cpuinfo", "model name : Catseye Pretend CPU\ncores      : 4\n");
    }

    /** Makes a typed path absolute. @param from the current folder, such as "/" or "/home/user" */
    static String resolvePath(String from, String typed) {
        Deque<String> parts = new ArrayDeque<>();
        String whole = typed.startsWith("/") ? typed : (typed.equals("~") || typed.startsWith("~/"))
            ? Shell.HOME + typed.substring(1) : from + "/" + typed;
        for (String part : whole.split("/")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    Optional<String> readFile(String path) {
        return Optional.ofNullable(files.get(path));
    }

    boolean isFolder(String path) {
        String prefix = path.equals("/") ? "/" : path + "/";
        String next = files.ceilingKey(prefix);
        return next != null && next.startsWith(prefix);
    }

    /** Names in a folder, sorted; folders end in '/'. */
    List<String> listFolder(String path) {
        String prefix = path.equals("/") ? "/" : path + "/";
        return files.keySet().stream().filter(file -> file.startsWith(prefix)).map(file -> {
            int end = file.indexOf('/', prefix.length());
            return end < 0 ? file.substring(prefix.length()) : file.substring(prefix.length(), end + 1);
        }).distinct().toList();
    }
}
