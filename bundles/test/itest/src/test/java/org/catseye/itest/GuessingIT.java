package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * Guessing at passwords of the product as people run it. A proxy on this machine is believed, so that guesses can come from many addresses; the owner
 * has one of his own.
 */
public class GuessingIT {

    private static final int GUESSES = 1_000;
    private static final String OWNERS = "192.0.2.10";
    private static final int GUESSERS = 60;
    private static final int PEOPLE = 24;
    private static final int TRIES = 3;

    private static Started product;
    private static Wire wire;

    @BeforeClass
    public static void start() throws Exception {
        product = Started.claimed(Map.of("org.catseye.web.gate", "proxies = [\"127.0.0.1\"]"));
        wire = new Wire(product.port());
    }

    @AfterClass
    public static void stop() {
        if (product != null) {
            product.close();
        }
    }

    private static Wire.Answer login(String address, String user, String password) throws IOException {
        return login(address, "", user, password);
    }

    private static Wire.Answer login(String address, String cookie, String user, String password) throws IOException {
        return wire.ask("POST", "/api/v1/session", "Host: localhost\r\nX-Forwarded-For: " + address + "\r\n" + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n"), "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}");
    }

    private static String cookie(Wire.Answer in) {
        assertEquals(in.body(), 200, in.status());
        return in.header("Set-Cookie").split(";")[0];
    }

    @Test
    public void aThousandGuessesFromOneAddressOrManyGetNowhereAndTheOwnerStillGetsIn() throws Exception {
        String before = cookie(login(OWNERS, "admin", Product.PASSWORD));
        for (boolean many : new boolean[] {false, true}) {
            long begun = System.nanoTime();
            Map<Integer, Integer> answers = new TreeMap<>();
            for (int i = 0; i < GUESSES; i++) {
                // The last one is right: whoever is slowed down learns nothing from a right guess either.
                String guess = i == GUESSES - 1 ? Product.PASSWORD : "guess number " + i;
                Wire.Answer answer = login(many ? "203.0." + i / 250 + "." + i % 250 : "198.51.100.7", "admin", guess);
                assertTrue(answer.head(), answer.header("Set-Cookie").isEmpty());
                answers.merge(answer.status(), 1, Integer::sum);
                if (answer.status() == 429) {
                    assertTrue("it says when", Integer.parseInt(answer.header("Retry-After")) >= 1);
                }
            }
            long millis = (System.nanoTime() - begun) / 1_000_000;
            System.out.println("guesses from " + (many ? "many addresses" : "one address") + ": " + answers + " in " + millis + " ms");
            assertTrue(answers.toString(), Set.of(401, 429).containsAll(answers.keySet()));
            // Five are free, then one after 1, 2, 4, 8 ... seconds: what that lets through in the time it took, and one more.
            int most = 6 + Long.numberOfTrailingZeros(Long.highestOneBit(millis / 1000 + 1)) + (int) (millis / 60_000) + 1;
            assertTrue(answers + " were looked at, of " + most, answers.getOrDefault(401, 0) <= most);
        }
        String again = cookie(login(OWNERS, "admin", Product.PASSWORD));
        for (String session : List.of(before, again)) {
            assertEquals(200, wire.ask("GET", "/api/v1/session", "Host: localhost\r\nCookie: " + session + "\r\n", "").status());
        }
    }

    /** The guesses and the owner share an address that the owner has never used, as behind the router of a hotel. */
    @Test
    public void guessesFromTheSameAddressDoNotKeepTheOwnerOutOfAKnownBrowser() throws Exception {
        String head = login(OWNERS, "admin", Product.PASSWORD).head();
        Matcher device = Pattern.compile("(?i)set-cookie: (catseye-device=[^;]+); Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000").matcher(head);
        assertTrue(head, device.find());
        String hotel = "198.19.0.1";
        Wire.Answer guess = login(hotel, "admin", "wrong");
        for (int i = 0; i < 50 && guess.status() != 429; i++) {
            guess = login(hotel, "admin", "wrong");
        }
        assertEquals("without the browser even the right password waits", 429, login(hotel, "admin", Product.PASSWORD).status());
        assertEquals(200, login(hotel, device.group(1), "admin", Product.PASSWORD).status());
        assertEquals("it is signed", 429, login(hotel, device.group(1) + "x", "admin", Product.PASSWORD).status());
        assertEquals("and opens nothing by itself", 401, login(hotel, device.group(1), "admin", "wrong").status());
        assertEquals(401, wire.ask("GET", "/api/v1/session", "Host: localhost\r\nCookie: " + device.group(1) + "\r\n", "").status());
    }

    /** Counted, not timed: without a queue of their own, logins of the owner wait for one guess of each address. */
    @Test
    public void guessesAtUnknownNamesFromManyAddressesDoNotDelayTheOwner() throws Exception {
        cookie(login(OWNERS, "admin", Product.PASSWORD));
        AtomicInteger answered = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> guessers = new ArrayList<>();
        for (int i = 0; i < GUESSERS; i++) {
            String address = "198.18.0." + i;
            guessers.add(new Thread(() -> {
                for (int guess = 0; !over.get(); guess++) {
                    try {
                        login(address, "stranger" + address + guess, "wrong wrong");
                        answered.incrementAndGet();
                    } catch (IOException e) {
                        // The device may close connections of strangers.
                    }
                }
            }, "guesser"));
        }
        guessers.forEach(Thread::start);
        try {
            Running.await("the guesses", () -> answered.get() > 5 ? true : null, 60);
            for (int i = 0; i < TRIES; i++) {
                int before = answered.get();
                cookie(login(OWNERS, "admin", Product.PASSWORD));
                int meanwhile = answered.get() - before;
                assertTrue(meanwhile + " guesses were answered before the owner", meanwhile < GUESSERS / 2);
            }
        } finally {
            over.set(true);
            for (Thread guesser : guessers) {
                guesser.join();
            }
        }
    }

    /** By ranks, not by clocks: if half of the wrong logins of known users took longer than half of those of unknown ones, all is well. */
    @Test
    public void knownAndUnknownUsersCannotBeToldApartByTheAnswerOrItsTime() throws Exception {
        String owner = "Host: localhost\r\nOrigin: http://localhost\r\nCookie: " + cookie(login(OWNERS, "admin", Product.PASSWORD)) + "\r\n";
        for (int i = 0; i < PEOPLE; i++) {
            assertEquals(201, wire.ask("POST", "/api/v1/users", owner, "{\"name\":\"known" + i + "\",\"password\":\"three odd words\",\"roles\":[],\"rights\":{}}").status());
        }
        List<Long> known = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < PEOPLE * TRIES; i++) {
            // Side by side, so that whatever else this machine does hits both; who is first takes turns.
            boolean first = i % 2 == 0;
            answers.add(timed(first ? "known" : "ghost", i, first ? known : unknown));
            answers.add(timed(first ? "ghost" : "known", i, first ? unknown : known));
        }
        assertEquals("one answer for all: " + answers, 1, answers.size());
        double rank = rank(known, unknown);
        System.out.println("timing: a known user took longer than an unknown one in " + Math.round(100 * rank) + " of 100 pairs; medians "
                + median(known) / 1000 + " and " + median(unknown) / 1000 + " us");
        // 0.5 is no difference; without the hash for unknown users it is 1. Noise of 72 and 72 has a deviation of 0.05.
        assertTrue("rank " + rank, rank > 0.25 && rank < 0.75);
    }

    private static String timed(String kind, int i, List<Long> times) throws IOException {
        // Each from an address of its own, and each name no more often than is free.
        String address = (kind.equals("known") ? "100.64." : "100.65.") + i / 250 + "." + i % 250;
        long begun = System.nanoTime();
        Wire.Answer answer = login(address, kind + i % PEOPLE, "wrong wrong wrong");
        times.add(System.nanoTime() - begun);
        assertEquals(401, answer.status());
        return answer.head().replaceAll("Date: [^\r]*", "") + answer.body();
    }

    /** Mann and Whitney: the share of pairs in which the first is larger. */
    private static double rank(List<Long> first, List<Long> second) {
        long larger = first.stream().mapToLong(one -> second.stream().filter(other -> one > other).count()).sum();
        return (double) larger / ((long) first.size() * second.size());
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }
}
