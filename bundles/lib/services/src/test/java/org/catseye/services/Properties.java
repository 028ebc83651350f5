package org.catseye.services;

import java.util.HashMap;
import java.util.Map;
import org.catseye.targets.Target;
import org.osgi.framework.Constants;

/** Service properties as the framework gives them. */
final class Properties {

    private Properties() {
    }

    static Map<String, Object> withRanking(long id, int ranking) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(Constants.SERVICE_ID, id);
        properties.put(Constants.SERVICE_RANKING, ranking);
        return properties;
    }

    static Map<String, Object> forTarget(Object target, long id, int ranking) {
        Map<String, Object> properties = withRanking(id, ranking);
        properties.put(Target.ID, target);
        return properties;
    }
}
