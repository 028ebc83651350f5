package org.catseye.virtual.console;

import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.catseye.virtual.input.Locks;
import org.catseye.virtual.scene.BootDevice;
import org.catseye.virtual.scene.Host;

/** The commands of the text console. */
final class Shell {

    static final String HOME = "/home/user";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss zzz yyyy", Locale.ENGLISH);

    /** Output of the commands, and the way to start a program. */
    interface Out {
        void printText(String text);

        void clearScreen();

        /** Runs a program that takes the input until control-C. */
        void startProgram(Watch program);
    }

    private interface Command {
        void run(List<String> arguments);
    }

    private record Entry(String help, Command command) {
    }

    private final Host host;
    private final Out out;
    private final LineEditor editor;
    private final FileTree files = new FileTree();
    private final Map<String, Entry> commands = new TreeMap<>();
    private String folder = HOME;

    Shell(Host host, Out out, LineEditor editor) {
        this.host = host;
        this.out = out;
        this.editor = editor;
        addCommand("help", "this list", a -> printHelp());
        addCommand("echo", "says it again", a -> out.printText(String.join(" ", a) + "\n"));
        addCommand("clear", "empties the screen", a -> out.clearScreen());
        addCommand("date", "day and time", a -> out.printText(DATE.format(host.wallClock()) + "\n"));
        addCommand("uname", "the system's name; -a for more", this::printSystemName);
        addCommand("uptime", "time since power-on", a -> printUptime());
        addCommand("ls", "files of a folder", this::listFiles);
        addCommand("cd", "goes to a folder", this::changeFolder);
        addCommand("pwd", "the folder one is in", a -> out.printText(folder + "\n"));
        addCommand("cat", "shows a file", this::printFiles);
        addCommand("history", "lines typed before", a -> printHistory());
        addCommand("keys", "shows the HID usages of keys as they come", a -> out.startProgram(Watch.KEYS));
        addCommand("mouse", "shows pointer, buttons and wheel as they come", a -> out.startProgram(Watch.MOUSE));
        addCommand("leds", "shows or sets them: leds [num|caps|scroll on|off]", this::changeLeds);
        addCommand("lsblk", "the disks, and what is in the drives", a -> listDisks());
        addCommand("eject", "ejects a medium: eject [cd|disk]", this::ejectMedium);
        addCommand("wipefs", "clears the first sector of the disk in the USB drive", a -> wipeDisk());
        addCommand("desktop", "goes to the desktop", a -> host.showDesktop());
        addCommand("reboot", "restarts the machine", a -> host.shutDown(true));
        addCommand("poweroff", "switches the machine off", a -> host.shutDown(false));
    }

    private void addCommand(String name, String help, Command command) {
        commands.put(name, new Entry(help, command));
    }

    private void listDisks() {
        out.printText("NAME  SIZE      CONTENT\nsda   64 GB     Catseye OS, text console\nsdb   64 GB     Catseye OS, desktop\n");
        out.printText("sdc   " + describeMedium(BootDevice.USB) + "sr0   " + describeMedium(BootDevice.CDROM));
    }

    private String describeMedium(BootDevice drive) {
        return host.findMedium(drive).map(medium -> String.format(Locale.ROOT, "%-9s %s\n", medium.bytes() / 1_000_000 + " MB",
            (medium.volume().format() + " " + medium.volume().label()).strip() + (medium.readOnly() ? " (read-only)" : ""))).orElse("no medium\n");
    }

    private void ejectMedium(List<String> arguments) {
        String name = arguments.isEmpty() ? "cd" : arguments.get(0);
        if (!name.equals("cd") && !name.equals("disk")) {
            out.printText("eject: " + name + ": it has to be cd or disk\n");
            return;
        }
        host.slot(name.equals("cd") ? BootDevice.CDROM : BootDevice.USB).ejectMedium();
    }

    private void wipeDisk() {
        try {
            host.slot(BootDevice.USB).writeFirstSector(new byte[512]);
        } catch (IOException e) {
            out.printText("wipefs: /dev/sdc: " + e.getMessage() + "\n");
        }
    }

    String prompt() {
        return "user@pretend:" + (folder.startsWith(HOME) ? "~" + folder.substring(HOME.length()) : folder) + "$ ";
    }

    void executeLine(String line) {
        List<String> words = splitWords(line);
        if (words.isEmpty()) {
            return;
        }
        Entry entry = commands.get(words.get(0));
        if (entry == null) {
            out.printText(words.get(0) + ": command not found (try `help`)\n");
        } else {
            entry.command().run(words.subList(1, words.size()));
        }
    }

    /** Words of a line; quotes of either kind keep blanks. */
    static List<String> splitWords(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (char c : line.toCharArray()) {
            if (quote != 0 ? c == quote : c == '\'' || c == '"') {
                quote = quote == 0 ? c : 0;
                word = word == null ? new StringBuilder() : word;
            } else if (c == ' ' && quote == 0) {
                if (word != null) {
                    words.add(word.toString());
                }
                word = null;
            } else {
                word = (word == null ? new StringBuilder() : word).append(c);
            }
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }

    /** What the last word of {@code line} may go on as: a command if it is the first, else a file. */
    List<String> completions(String line) {
        String last = line.substring(line.lastIndexOf(' ') + 1);
        if (last.length() == line.length()) {
            return commands.keySet().stream().filter(name -> name.startsWith(last)).map(name -> name + " ").toList();
        }
        String parent = last.substring(0, last.lastIndexOf('/') + 1);
        Stream<String> names = files.listFolder(FileTree.resolvePath(folder, parent)).stream();
        return names.map(name -> parent + name + (name.endsWith("/") ? "" : " ")).filter(name -> name.startsWith(last)).toList();
    }

    private void printHelp() {
        commands.forEach((name, entry) -> out.printText(String.format("  %-10s %s\n", name, entry.help())));
    }

    private void printSystemName(List<String> arguments) {
        out.printText(arguments.contains("-a") ? "CatseyeOS pretend 1.0 #1 SMP x86_64\n" : "CatseyeOS\n");
    }

    private void printUptime() {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(host.uptimeNanos());
        out.printText(String.format("up %d:%02d:%02d\n", seconds / 3600, seconds / 60 % 60, seconds % 60));
    }

    private void listFiles(List<String> arguments) {
        for (String argument : arguments.isEmpty() ? List.of(".") : arguments) {
            String path = FileTree.resolvePath(folder, argument);
            if (files.isFolder(path)) {
                out.printText(String.join("  ", files.listFolder(path)) + "\n");
            } else {
                out.printText(files.readFile(path).map(text -> argument + "\n").orElse("ls: " + argument + ": no such file or folder\n"));
            }
        }
    }

    private void changeFolder(List<String> arguments) {
        String path = FileTree.resolvePath(folder, arguments.isEmpty() ? HOME : arguments.get(0));
        if (files.isFolder(path)) {
            folder = path;
        } else {
            out.printText("cd: " + arguments.get(0) + ": no such folder\n");
        }
    }

    private void printFiles(List<String> arguments) {
        if (arguments.isEmpty()) {
            out.printText("usage: cat FILE...\n");
        }
        for (String argument : arguments) {
            String path = FileTree.resolvePath(folder, argument);
            out.printText(files.readFile(path).orElse("cat: " + argument
                + (files.isFolder(path) ? ": is a folder\n" : ": no such file\n")));
        }
    }

    private void printHistory() {
        List<String> lines = editor.history();
        for (int i = 0; i < lines.size(); i++) {
            out.printText(String.format("%5d  %s\n", i + 1, lines.get(i)));
        }
    }

    private void changeLeds(List<String> arguments) {
        List<String> names = Arrays.asList("num", "caps", "scroll");
        if (arguments.size() == 2 && names.contains(arguments.get(0)) && arguments.get(1).matches("on|off")) {
            host.locks().setLocks(1 << names.indexOf(arguments.get(0)), arguments.get(1).equals("on"));
        } else if (!arguments.isEmpty()) {
            out.printText("usage: leds [num|caps|scroll on|off]\n");
            return;
        }
        Locks locks = host.locks();
        out.printText(String.format("Num %s  Caps %s  Scroll %s\n", describeSwitch(locks.isOn(Locks.NUM)),
            describeSwitch(locks.isOn(Locks.CAPS)),
            describeSwitch(locks.isOn(Locks.SCROLL))));
    }

    private static String describeSwitch(boolean on) {
        return on ? "on" : "off";
    }
}
