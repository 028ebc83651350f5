package org.catseye.board.health;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.catseye.board.BoardCondition;
import org.catseye.board.BoardFigure;
import org.catseye.board.BoardHealth;
import org.catseye.board.BoardState;
import org.catseye.board.health.source.ClockSource;
import org.catseye.board.health.source.FileSystemSource;
import org.catseye.board.health.source.Finding;
import org.catseye.board.health.source.HealthSource;
import org.catseye.board.health.source.JavaSource;
import org.catseye.board.health.source.LoadSource;
import org.catseye.board.health.source.MemorySource;
import org.catseye.board.health.source.Reading;
import org.catseye.board.health.source.SpaceSource;
import org.catseye.board.health.source.SupplySource;
import org.catseye.board.health.source.TemperatureSource;
import org.catseye.board.health.source.ThrottlingSource;
import org.catseye.board.health.source.UsbSource;
import org.catseye.concurrent.NamedThreads;
import org.catseye.config.BadValueException;
import org.catseye.files.KernelFiles;
import org.catseye.targets.SelfCheck;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all sources every few seconds on the thread {@code board-health}. The services return what the last reading found. */
@Component(name = HealthConfig.PID, configurationPid = HealthConfig.PID, service = {BoardHealth.class, SelfCheck.class}, immediate = true)
@Designate(ocd = HealthConfig.class)
public final class BoardMonitor implements BoardHealth, SelfCheck {

    private static final Logger LOG = LoggerFactory.getLogger(BoardMonitor.class);
    private static final Item NOTHING_READ = Item.passed("Board", "This board reports nothing about its health.");

    private final List<HealthSource> sources;
    private final ConditionTracker tracker;
    private final ScheduledExecutorService executor = NamedThreads.newSingleThreadScheduler("board-health");
    /** Sources whose failure is logged. Used by the executor's thread. */
    private final Set<HealthSource> failed = new HashSet<>();
    /** Whether a failure of something other than a source is logged. Used by the executor's thread. */
    private boolean failureLogged;
    /** The subject of each condition so far, by its id. Used by the executor's thread. */
    private final Map<String, String> subjects = new HashMap<>();
    private volatile Result result = new Result(new BoardState(List.of(), List.of()), List.of(NOTHING_READ));

    private record Result(BoardState state, List<Item> items) {
    }

    @Activate
    public BoardMonitor(BundleContext context, Map<String, Object> properties) {
        this(parseOrDefault(properties), Path.of(Optional.ofNullable(context.getProperty("catseye.home")).orElse(".")).toAbsolutePath().normalize());
    }

    private BoardMonitor(HealthSettings settings, Path home) {
        this(listSources(settings, home), new ConditionTracker(Clock.systemDefaultZone(), System::nanoTime));
        executor.scheduleWithFixedDelay(this::readSources, 0, settings.interval().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Without a schedule. */
    BoardMonitor(List<HealthSource> sources, ConditionTracker tracker) {
        this.sources = List.copyOf(sources);
        this.tracker = tracker;
    }

    /** The board is watched in any case: with a bad value, the defaults apply. */
    private static HealthSettings parseOrDefault(Map<String, Object> properties) {
        try {
            return HealthSettings.parseSettings(properties);
        } catch (BadValueException e) {
            LOG.warn("{}. The defaults apply", e.getMessage());
            return HealthSettings.DEFAULT;
        }
    }

    /** The most basic subject first: the self-check has the same order. */
    static List<HealthSource> listSources(HealthSettings settings, Path home) {
        KernelFiles files = new KernelFiles(settings.root());
        Clock clock = Clock.systemDefaultZone();
        return List.of(new SupplySource(files), new TemperatureSource(files, settings.temperatureLimit()), new ThrottlingSource(files),
                new FileSystemSource(files, home), new SpaceSource(home, settings.minFreeMib()), new MemorySource(files), new LoadSource(files),
                new ClockSource(files, clock), new UsbSource(files, System::nanoTime), new JavaSource(clock));
    }

    @Deactivate
    void deactivate() {
        executor.shutdownNow();
    }

    /** Does not throw: that would end the schedule. The last result stays. */
    void readSources() {
        try {
            updateResult();
        } catch (RuntimeException e) {
            if (!failureLogged) {
                failureLogged = true;
                LOG.error("Board: the readings cannot be evaluated; this is tried again", e);
            }
        }
    }

    private void updateResult() {
        Map<String, Finding> findings = new LinkedHashMap<>();
        List<BoardFigure> figures = new ArrayList<>();
        Map<String, String> summaries = new LinkedHashMap<>();
        for (HealthSource source : sources) {
            readSource(source).ifPresent(reading -> {
                reading.findings().forEach(finding -> findings.putIfAbsent(finding.id(), finding));
                reading.findings().forEach(finding -> subjects.put(finding.id(), source.subject()));
                figures.addAll(reading.figures());
                summaries.put(source.subject(), reading.summary());
            });
        }
        List<BoardCondition> conditions = tracker.updateConditions(List.copyOf(findings.values()));
        result = new Result(new BoardState(conditions, figures), describeSubjects(summaries, conditions));
    }

    /** A source that fails is left out, and does not stop the others. */
    private Optional<Reading> readSource(HealthSource source) {
        try {
            return source.readNow();
        } catch (RuntimeException e) {
            if (failed.add(source)) {
                LOG.error("Board: {} cannot be read", source.subject(), e);
            }
            return Optional.empty();
        }
    }

    private List<Item> describeSubjects(Map<String, String> summaries, List<BoardCondition> conditions) {
        List<Item> items = new ArrayList<>();
        summaries.forEach((subject, summary) -> {
            List<Item> found = conditions.stream().filter(condition -> subject.equals(subjects.get(condition.id())))
                    .map(condition -> Item.failed(subject, condition.description(), condition.remedy())).toList();
            items.addAll(found.isEmpty() ? List.of(Item.passed(subject, summary)) : found);
        });
        return items.isEmpty() ? List.of(NOTHING_READ) : List.copyOf(items);
    }

    @Override
    public BoardState currentState() {
        return result.state();
    }

    @Override
    public String title() {
        return "The board that Catseye runs on";
    }

    @Override
    public List<Item> checkItems() {
        return result.items();
    }
}
