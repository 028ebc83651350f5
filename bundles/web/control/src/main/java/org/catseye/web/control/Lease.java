package org.catseye.web.control;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Who controls a target. A free lease goes to the first who acts; it belongs to a user, so all tabs of his share it, and it is free
 * again when none of them is left. Others ask; whose question is not answered within {@value #PATIENCE_SECONDS} s is denied.
 * In shared mode everybody acts and nobody holds it. Knows nothing of rights: who calls has checked them. Thread-safe.
 */
final class Lease {

    static final int PATIENCE_SECONDS = 30;

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);

    private final boolean shared;
    /** Written under this; read without it for each key. Empty if nobody holds it. */
    private volatile String holder = "";
    private volatile Optional<Question> question = Optional.empty();

    /** @param until {@link System#nanoTime} of its denial */
    record Question(String user, long until) {
    }

    /** How a question or a wish ended. */
    enum Answer { NOTHING, HELD, ASKED, BUSY, DENIED, UNANSWERED }

    /** What has changed: the answer, and to whom it is given. */
    record Outcome(Answer answer, String user) {
        static final Outcome NOTHING = new Outcome(Answer.NOTHING, "");
    }

    Lease(boolean shared) {
        this.shared = shared;
    }

    boolean shared() {
        return shared;
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
        return shared || holder.equals(user);
    }

    /** Takes it if it is free. True if it was. */
    synchronized boolean acquire(String user) {
        return !shared && holder.isEmpty() && give(user);
    }

    private boolean give(String user) {
        boolean other = !holder.equals(user);
        holder = user;
        question = Optional.empty();
        return other;
    }

    /** Asks the holder. */
    synchronized Outcome ask(String user, long now) {
        if (allows(user)) {
            return Outcome.NOTHING;
        }
        if (acquire(user)) {
            return new Outcome(Answer.HELD, user);
        }
        if (question.isPresent()) {
            return new Outcome(question.get().user().equals(user) ? Answer.NOTHING : Answer.BUSY, user);
        }
        question = Optional.of(new Question(user, now + PATIENCE));
        return new Outcome(Answer.ASKED, user);
    }

    /** The holder answers. Without effect from others, or if nobody asks. */
    synchronized Outcome answer(String user, boolean yes) {
        if (!holder.equals(user) || question.isEmpty()) {
            return Outcome.NOTHING;
        }
        String asking = question.get().user();
        question = Optional.empty();
        if (yes) {
            give(asking);
        }
        return new Outcome(yes ? Answer.HELD : Answer.DENIED, asking);
    }

    /** Takes it from whoever has it. */
    synchronized Outcome take(String user) {
        return !shared && give(user) ? new Outcome(Answer.HELD, user) : Outcome.NOTHING;
    }

    /** The holder gives it up; it goes to who asks for it, if anybody does. */
    synchronized Outcome release(String user) {
        return !holder.isEmpty() && holder.equals(user) ? passOn() : Outcome.NOTHING;
    }

    private Outcome passOn() {
        String next = question.map(Question::user).orElse("");
        give(next);
        return new Outcome(Answer.HELD, next);
    }

    /** @param present the users who are there and may control the target */
    synchronized Outcome settle(Set<String> present, long now) {
        Optional<Question> open = question.filter(one -> present.contains(one.user()));
        if (question.isPresent() && open.isEmpty()) {
            question = open;
            return settleHolder(present, new Outcome(Answer.DENIED, ""));
        }
        if (open.isPresent() && now - open.get().until() >= 0) {
            question = Optional.empty();
            return settleHolder(present, new Outcome(Answer.UNANSWERED, open.get().user()));
        }
        return settleHolder(present, Outcome.NOTHING);
    }

    private Outcome settleHolder(Set<String> present, Outcome otherwise) {
        return holder.isEmpty() || present.contains(holder) ? otherwise : passOn();
    }
}
