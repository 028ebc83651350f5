package org.catseye.board.health.source;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.catseye.board.BoardCondition.Severity;
import org.catseye.board.BoardFigure;
import org.catseye.files.KernelFiles;

/** The load average of the last five minutes, compared with the number of processor cores. */
public final class LoadSource implements HealthSource {

    private static final double MAX_PER_CORE = 2;
    private static final double RECOVERED_PER_CORE = 1.5;

    private final KernelFiles files;
    private final Threshold threshold = new Threshold();

    public LoadSource(KernelFiles files) {
        this.files = files;
    }

    @Override
    public String subject() {
        return "Load";
    }

    @Override
    public Optional<Reading> readNow() {
        String[] averages = files.readText("proc/loadavg").orElse("").split(" ");
        int cores = files.listNames("sys/devices/system/cpu", "cpu[0-9]*").size();
        if (cores == 0 || averages.length < 2 || !averages[1].matches("\\d{1,6}\\.\\d+")) {
            return Optional.empty();
        }
        double load = Double.parseDouble(averages[1]);
        String shown = String.format(Locale.ROOT, "%.1f", load);
        List<Finding> findings = threshold.update(load, MAX_PER_CORE * cores, RECOVERED_PER_CORE * cores)
                ? List.of(new Finding("load", Severity.WARNING, "The board has been overloaded since " + Finding.SINCE + ": a load of " + shown + " on " + cores
                        + (cores == 1 ? " core." : " cores."), "Stop other programs on this board, or lower the resolution or the frame rate of the picture.",
                        Map.of("load", shown, "cores", Integer.toString(cores)))) : List.of();
        return Optional.of(new Reading("A load of " + shown + " on " + cores + (cores == 1 ? " core." : " cores."), findings,
                List.of(new BoardFigure("load_average", "Load average of five minutes.", load))));
    }
}
