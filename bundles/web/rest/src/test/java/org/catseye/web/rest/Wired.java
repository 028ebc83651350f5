package org.catseye.web.rest;

import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.Session;
import org.catseye.hid.HidSession;
import org.catseye.hid.HidState;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.catseye.testkit.FakeAccess;
import org.catseye.testkit.web.FakeExchange;
import org.catseye.video.Codec;
import org.catseye.video.FrameListener;
import org.catseye.video.PictureQuality;
import org.catseye.video.Subscription;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;
import org.catseye.video.VideoStatistics;
import org.catseye.web.WebContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

/** Targets with pretend services, and the access control they ask. */
public final class Wired {

    public final FakeAccess access = new FakeAccess();
    public final Targets targets = new Targets(access);
    public int handsOut;

    /** A request as the gate hands it on. */
    public FakeExchange exchange(String method, String path, Session session) {
        return new FakeExchange(method, path).attribute(WebContext.SESSION, session)
                .attribute(WebContext.PROVED, session != null && access.recentlyProved(session));
    }

    /** A reference that knows its properties and its rank, and nothing else. */
    @SuppressWarnings("unchecked")
    public static <T> ServiceReference<T> reference(int rank, Map<String, Object> properties) {
        Hashtable<String, Object> all = new Hashtable<>(Map.of(Constants.SERVICE_ID, (long) rank, Constants.SERVICE_RANKING, rank));
        all.putAll(properties);
        return (ServiceReference<T>) Proxy.newProxyInstance(Wired.class.getClassLoader(), new Class<?>[] {Ranked.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getProperty" -> all.get(arguments[0]);
                    case "getProperties" -> all;
                    case "getBundle" -> properties.get("bundle");
                    case "rank" -> rank;
                    case "compareTo" -> Integer.compare(rank, ((Ranked) arguments[0]).rank());
                    case "hashCode" -> rank;
                    case "equals" -> proxy == arguments[0];
                    case "toString" -> "reference " + rank;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    interface Ranked extends ServiceReference<Object> {
        int rank();
    }

    public static <T> ServiceReference<T> reference(int rank, String targetId) {
        return reference(rank, Map.of(Target.ID, targetId));
    }

    public static VideoHub hub(VideoState state) {
        return new VideoHub() {
            @Override
            public VideoState currentState() {
                return state;
            }

            @Override
            public VideoStatistics currentStatistics() {
                return new VideoStatistics(98_765, 700, 54_321, 11,
                    List.of(new VideoStatistics.EncoderTotals(PictureQuality.SLOW, Codec.JPEG, "Catseye (JPEG)", 1, 60, 4_000, 250_000_000)));
            }

            @Override
            public Subscription subscribe(FrameListener listener, Set<Codec> accepts) {
                throw new UnsupportedOperationException();
            }
        };
    }

    public static VideoState live(int width) {
        return new VideoState(VideoState.Condition.LIVE, "There is a picture.", Optional.of(new VideoFormat(Codec.JPEG, width, 720)), 29.9512, 2, 1234, 5);
    }

    public void addCheck(ServiceReference<SelfCheck> reference) {
        targets.addCheck(reference);
    }

    public void addHub(int rank, String targetId, VideoState state) {
        targets.addHub(reference(rank, targetId), hub(state));
    }

    public void addHands(int rank, String targetId, HidState state) {
        targets.addInput(reference(rank, targetId), hands(state));
    }

    /** Counts what is out, and throws once the service is gone. */
    public ComponentServiceObjects<HidSession> hands(HidState state) {
        HidSession session = (HidSession) Proxy.newProxyInstance(Wired.class.getClassLoader(), new Class<?>[] {HidSession.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("currentState")) {
                return state;
            }
            throw new UnsupportedOperationException(method.getName());
        });
        return new ComponentServiceObjects<>() {
            @Override
            public HidSession getService() {
                handsOut++;
                return session;
            }

            @Override
            public void ungetService(HidSession service) {
                handsOut--;
            }

            @Override
            public ServiceReference<HidSession> getServiceReference() {
                throw new UnsupportedOperationException();
            }
        };
    }
}
