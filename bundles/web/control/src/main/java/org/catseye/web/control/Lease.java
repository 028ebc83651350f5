package org.catseye.web.control;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Who controls a target. A free lease goes to the first who acts; it belongs to a user, so all tabs of his share it. It is free again when he has not
 * acted for a while, and some seconds after the last of his tabs has gone, so that a reload keeps it. Others ask; whose question is not answered within
 * {@value #PATIENCE_SECONDS} s is denied. One asks at a time; who asked in vain while others wanted to ask waits {@value #WAIT_SECONDS} s before the next
 * question, so that they get a turn. In shared
 * mode everybody acts and nobody holds it. Knows nothing of rights: who calls has checked them. Times are of {@link System#nanoTime}. Thread-safe.
 */
final class Lease {

    static final int PATIENCE_SECONDS = 30;

    /** From the end of a question in vain to the next of the same user, if others were told meanwhile that somebody asks already. */
    static final int WAIT_SECONDS = 60;

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    private static final long WAIT = TimeUnit.SECONDS.toNanos(WAIT_SECONDS);

    private final Rules rules;
    /** Written under this; read without it for each key. Empty if nobody holds it. */
    private volatile String holder = "";
    private volatile Optional<Question> question = Optional.empty();
    /** Whether somebody else wanted to ask during this question. Guarded by this. */
    private boolean othersWanted;
    /** Until when whoever asked in vain does not ask again. Guarded by this; only of the last minute, in which one after the other asked. */
    private final Map<String, Long> waiting = new HashMap<>();
    /** When the holder acted last. Written for each key: not under this. */
    private volatile long acted;
    /** Since when the holder has no tab; empty while he has, or if he did not go by accident. */
    private Optional<Long> away = Optional.empty();

    /**
     * How long it is kept.
     *
     * @param shared everybody acts
     * @param idle without acting; zero: for ever
     * @param grace without a tab
     */
    record Rules(boolean shared, Duration idle, Duration grace) {
    }

    /** @param until of its denial */
    record Question(String user, long until) {
    }

    /** How a question or a wish ended. */
    enum Answer { NOTHING, HELD, ASKED, BUSY, EARLY, DENIED, UNANSWERED }

    /**
     * What has changed.
     *
     * @param user to whom the answer is given; of HELD who has it now, empty if nobody
     * @param former of HELD who had it, empty if nobody
     * @param why of HELD: how the former lost it; of EARLY: the seconds to wait
     */
    record Outcome(Answer answer, String user, String former, String why) {
        static final Outcome NOTHING = new Outcome(Answer.NOTHING, "");

        Outcome(Answer answer, String user) {
            this(answer, user, "", "");
        }
    }

    Lease(Rules rules) {
        this.rules = rules;
    }

    boolean shared() {
        return rules.shared();
    }

    /** Empty if it is free. */
    String holder() {
        return holder;
    }

    Optional<Question> question() {
        return question;
    }

    /** Whether this user may act now. Changes nothing. */
    boolean allows(String user) {
        return shared() || holder.equals(user);
    }

    /** Somebody who may has acted. */
    void acted(long now) {
        acted = now;
    }

    /** Takes it if it is free. */
    synchronized Outcome acquire(String user, long now) {
        return !shared() && holder.isEmpty() ? give(user, now, "") : Outcome.NOTHING;
    }

    private Outcome give(String user, long now, String why) {
        if (holder.equals(user)) {
            question = Optional.empty();
            return Outcome.NOTHING;
        }
        String former = holder;
        holder = user;
        acted = now;
        away = Optional.empty();
        question = Optional.empty();
        return new Outcome(Answer.HELD, user, former, why);
    }

    /** Asks the holder. EARLY if this user asked in vain a short while ago. */
    synchronized Outcome ask(String user, long now) {
        if (allows(user)) {
            return Outcome.NOTHING;
        }
        if (holder.isEmpty()) {
            return acquire(user, now);
        }
        if (question.isPresent()) {
            if (question.get().user().equals(user)) {
                return Outcome.NOTHING;
            }
            othersWanted = true;
            return new Outcome(Answer.BUSY, user);
        }
        waiting.values().removeIf(until -> now - until >= 0);
        if (waiting.containsKey(user)) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(waiting.get(user) - now + TimeUnit.SECONDS.toNanos(1) - 1);
            return new Outcome(Answer.EARLY, user, "", Long.toString(seconds));
        }
        question = Optional.of(new Question(user, now + PATIENCE));
        othersWanted = false;
        return new Outcome(Answer.ASKED, user);
    }

    /** The holder answers. Without effect from others, or if nobody asks. */
    synchronized Outcome answer(String user, boolean yes, long now) {
        if (!holder.equals(user) || question.isEmpty()) {
            return Outcome.NOTHING;
        }
        String asking = question.get().user();
        if (yes) {
            return give(asking, now, "granted it");
        }
        inVain(now);
        return new Outcome(Answer.DENIED, asking);
    }

    /** The question is over, and whoever asked has not got it. */
    private void inVain(long now) {
        if (othersWanted) {
            question.ifPresent(one -> waiting.put(one.user(), now + WAIT));
        }
        question = Optional.empty();
    }

    /** Takes it from whoever has it. */
    synchronized Outcome take(String user, long now) {
        return shared() ? Outcome.NOTHING : give(user, now, "taken by " + user);
    }

    /** The holder gives it up; it goes to who asks for it, if anybody does. */
    synchronized Outcome release(String user, long now) {
        return !holder.isEmpty() && holder.equals(user) ? passOn(now, "gave it up") : Outcome.NOTHING;
    }

    private Outcome passOn(long now, String why) {
        return give(question.map(Question::user).orElse(""), now, why);
    }

    /** The last tab of a user has gone, without a logout: he may come again. */
    synchronized void left(String user, long now) {
        if (!holder.isEmpty() && holder.equals(user)) {
            away = Optional.of(now);
        }
    }

    /** @param present the users who are there and may control the target */
    synchronized Outcome settle(Set<String> present, long now) {
        Optional<Question> open = question.filter(one -> present.contains(one.user()));
        if (question.isPresent() && open.isEmpty()) {
            // Also who only went: otherwise one would leave just before the denial and ask anew.
            inVain(now);
            return settleHolder(present, now, new Outcome(Answer.DENIED, ""));
        }
        if (open.isPresent() && now - open.get().until() >= 0) {
            inVain(now);
            return settleHolder(present, now, new Outcome(Answer.UNANSWERED, open.get().user()));
        }
        return settleHolder(present, now, Outcome.NOTHING);
    }

    private Outcome settleHolder(Set<String> present, long now, Outcome otherwise) {
        if (holder.isEmpty()) {
            return otherwise;
        }
        if (!present.contains(holder)) {
            return away.isPresent() && now - away.get() < rules.grace().toNanos() ? otherwise : passOn(now, "left");
        }
        away = Optional.empty();
        boolean idle = !rules.idle().isZero() && now - acted >= rules.idle().toNanos();
        return idle ? passOn(now, "idle") : otherwise;
    }
}
