package org.catseye.virtual.console;

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
import org.catseye.virtual.scene.Host;

/** The commands of the text console. */
final class Shell {

    static final String HOME = "/home/user";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss zzz yyyy", Locale.ENGLISH);

    /** What commands write to and start. */
    interface Out {
        void print(String text);

        void clear();

        /** Runs a program that takes the input until control-C. */
        void run(Watch program);
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
        add("help", "this list", a -> help());
        add("echo", "says it again", a -> out.print(String.join(" ", a) + "\n"));
        add("clear", "empties the screen", a -> out.clear());
        add("date", "day and time", a -> out.print(DATE.format(host.wallClock()) + "\n"));
        add("uname", "the system's name; -a for more", this::uname);
        add("uptime", "time since power-on", a -> uptime());
        add("ls", "files of a folder", this::list);
        add("cd", "goes to a folder", this::change);
        add("pwd", "the folder one is in", a -> out.print(folder + "\n"));
        add("cat", "shows a file", this::cat);
        add("history", "lines typed before", a -> history());
        add("keys", "shows the HID usages of keys as they come", a -> out.run(Watch.KEYS));
        add("mouse", "shows pointer, buttons and wheel as they come", a -> out.run(Watch.MOUSE));
        add("leds", "shows or sets them: leds [num|caps|scroll on|off]", this::leds);
        add("desktop", "goes to the desktop", a -> host.showDesktop());
        add("reboot", "starts the machine anew", a -> host.shutDown(true));
        add("poweroff", "switches the machine off", a -> host.shutDown(false));
    }

    private void add(String name, String help, Command command) {
        commands.put(name, new Entry(help, command));
    }

    String prompt() {
        return "user@pretend:" + (folder.startsWith(HOME) ? "~" + folder.substring(HOME.length()) : folder) + "$ ";
    }

    void execute(String line) {
        List<String> words = words(line);
        if (words.isEmpty()) {
            return;
        }
        Entry entry = commands.get(words.get(0));
        if (entry == null) {
            out.print(words.get(0) + ": command not found (try `help`)\n");
        } else {
            entry.command().run(words.subList(1, words.size()));
        }
    }

    /** Words of a line; quotes of either kind keep blanks. */
    static List<String> words(String line) {
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
        Stream<String> names = files.list(FileTree.resolve(folder, parent)).stream();
        return names.map(name -> parent + name + (name.endsWith("/") ? "" : " ")).filter(name -> name.startsWith(last)).toList();
    }

    private void help() {
        commands.forEach((name, entry) -> out.print(String.format("  %-10s %s\n", name, entry.help())));
    }

    private void uname(List<String> arguments) {
        out.print(arguments.contains("-a") ? "CatseyeOS pretend 1.0 #1 SMP x86_64\n" : "CatseyeOS\n");
    }

    private void uptime() {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(host.uptime());
        out.print(String.format("up %d:%02d:%02d\n", seconds / 3600, seconds / 60 % 60, seconds % 60));
    }

    private void list(List<String> arguments) {
        for (String argument : arguments.isEmpty() ? List.of(".") : arguments) {
            String path = FileTree.resolve(folder, argument);
            if (files.folder(path)) {
                out.print(String.join("  ", files.list(path)) + "\n");
            } else {
                out.print(files.read(path).map(text -> argument + "\n").orElse("ls: " + argument + ": no such file or folder\n"));
            }
        }
    }

    private void change(List<String> arguments) {
        String path = FileTree.resolve(folder, arguments.isEmpty() ? HOME : arguments.get(0));
        if (files.folder(path)) {
            folder = path;
        } else {
            out.print("cd: " + arguments.get(0) + ": no such folder\n");
        }
    }

    private void cat(List<String> arguments) {
        if (arguments.isEmpty()) {
            out.print("usage: cat FILE...\n");
        }
        for (String argument : arguments) {
            String path = FileTree.resolve(folder, argument);
            out.print(files.read(path).orElse("cat: " + argument + (files.folder(path) ? ": is a folder\n" : ": no such file\n")));
        }
    }

    private void history() {
        List<String> lines = editor.history();
        for (int i = 0; i < lines.size(); i++) {
            out.print(String.format("%5d  %s\n", i + 1, lines.get(i)));
        }
    }

    private void leds(List<String> arguments) {
        List<String> names = Arrays.asList("num", "caps", "scroll");
        if (arguments.size() == 2 && names.contains(arguments.get(0)) && arguments.get(1).matches("on|off")) {
            host.locks().set(1 << names.indexOf(arguments.get(0)), arguments.get(1).equals("on"));
        } else if (!arguments.isEmpty()) {
            out.print("usage: leds [num|caps|scroll on|off]\n");
            return;
        }
        Locks locks = host.locks();
        out.print(String.format("Num %s  Caps %s  Scroll %s\n", word(locks.on(Locks.NUM)), word(locks.on(Locks.CAPS)),
            word(locks.on(Locks.SCROLL))));
    }

    private static String word(boolean on) {
        return on ? "on" : "off";
    }
}
