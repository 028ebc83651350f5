package org.catseye.services;

import static org.catseye.services.Properties.withRanking;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.osgi.framework.Constants;

public class RankedServicesTest {

    private final RankedServices<String> services = new RankedServices<>();

    @Test
    public void theHighestRankingIsFirstAndOfEqualsTheOldest() {
        services.add(withRanking(3, 0), "young");
        services.add(withRanking(1, -5), "low");
        services.add(withRanking(2, 0), "old");
        services.add(withRanking(4, 7), "high");
        assertEquals(List.of("high", "old", "young", "low"), names());
        assertEquals(Optional.of("high"), services.findBest());
    }

    @Test
    public void aBetterServiceIsBoundBeforeTheWorseOneIsUnbound() {
        services.add(withRanking(1, 0), "worse");
        services.add(withRanking(2, 1), "better");
        services.remove(withRanking(1, 0));
        assertEquals(Optional.of("better"), services.findBest());
    }

    @Test
    public void aNewerServiceOfEqualRankTakesOverWhenTheOldOneIsUnbound() {
        services.add(withRanking(1, 0), "old");
        services.add(withRanking(2, 0), "new");
        assertEquals(Optional.of("old"), services.findBest());
        services.remove(withRanking(1, 0));
        assertEquals(Optional.of("new"), services.findBest());
    }

    @Test
    public void theSameObjectMayBeRegisteredTwice() {
        String same = "same";
        services.add(withRanking(1, 0), same);
        services.add(withRanking(2, 0), same);
        services.remove(withRanking(1, 0));
        assertEquals(Optional.of(same), services.findBest());
        services.remove(withRanking(2, 0));
        assertTrue(services.isEmpty());
    }

    @Test
    public void bindingAServiceAgainTakesItsNewPropertiesAndAddsNoSecondOne() {
        services.add(withRanking(1, 0), "first");
        services.add(withRanking(2, 0), "second");
        services.add(withRanking(2, 9), "second");
        assertEquals(List.of("second", "first"), names());
        services.remove(withRanking(2, 0));
        assertEquals("the ranking that unbind names is of no importance", List.of("first"), names());
    }

    @Test
    public void removingAServiceThatIsNotPresentChangesNothing() {
        services.add(withRanking(1, 0), "it");
        assertEquals(Optional.empty(), services.remove(withRanking(2, 5)));
        assertEquals(List.of("it"), names());
        assertEquals("it", services.remove(withRanking(1, 0)).get().service());
        assertEquals(Optional.empty(), services.remove(withRanking(1, 0)));
        assertEquals(Optional.empty(), services.findBest());
    }

    @Test
    public void removingOneThatIsNotInUseLeavesTheBest() {
        services.add(withRanking(1, 5), "best");
        services.add(withRanking(2, 0), "spare");
        services.remove(withRanking(2, 0));
        assertEquals(Optional.of("best"), services.findBest());
    }

    @Test
    public void aRankingThatIsNotAnIntegerIsZero() {
        services.add(Map.of(Constants.SERVICE_ID, 2L, Constants.SERVICE_RANKING, "100"), "text");
        services.add(Map.of(Constants.SERVICE_ID, 1L), "none");
        assertEquals(List.of("none", "text"), names());
        assertThrows(IllegalArgumentException.class, () -> services.add(Map.of(Constants.SERVICE_RANKING, 1), "no service"));
    }

    @Test
    public void aListThatWasGivenOutStaysAsItWas() {
        services.add(withRanking(1, 0), "it");
        List<BoundService<String>> before = services.listServices();
        services.remove(withRanking(1, 0));
        assertEquals(1, before.size());
        assertThrows(UnsupportedOperationException.class, before::clear);
    }

    @Test
    public void theBestOfThoseWithAPropertyIsFound() {
        services.add(Map.of(Constants.SERVICE_ID, 1L, "name", "control"), "old");
        services.add(Map.of(Constants.SERVICE_ID, 2L, "name", "control", Constants.SERVICE_RANKING, 3), "better");
        services.add(Map.of(Constants.SERVICE_ID, 3L, "name", "other", Constants.SERVICE_RANKING, 9), "other");
        assertEquals(Optional.of("better"), services.findBest("name", "control"));
        assertEquals(Optional.empty(), services.findBest("name", "missing"));
    }

    private List<String> names() {
        return services.listServices().stream().map(BoundService::service).toList();
    }
}
