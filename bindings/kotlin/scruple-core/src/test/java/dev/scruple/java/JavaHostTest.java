package dev.scruple.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.scruple.JvmSession;
import dev.scruple.Age;
import dev.scruple.Category;
import dev.scruple.CategoryPolicy;
import dev.scruple.ScrupleCallback;
import dev.scruple.ConsentUpdate;
import dev.scruple.HostRecords;
import dev.scruple.InputKind;
import dev.scruple.Item;
import dev.scruple.ItemPolicy;
import dev.scruple.LocationAccuracy;
import dev.scruple.Missing;
import dev.scruple.Policy;
import dev.scruple.Purpose;
import dev.scruple.ScrupleException;
import dev.scruple.Session;
import dev.scruple.Snapshot;
import dev.scruple.Source;
import dev.scruple.SystemPermission;
import dev.scruple.Unavailable;
import dev.scruple.WebViewSource;
import dev.scruple.Withheld;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A host in Java: builders, constants, the blocking form and the one with a callback. */
class JavaHostTest {
    private static final Policy POLICY =
            Policy.builder()
                    .locationAccuracy(LocationAccuracy.FUZZY)
                    .retentionMs(30_000)
                    .enable(Category.DEVICE)
                    .enable(
                            Category.WEB_VIEW,
                            CategoryPolicy.builder()
                                    .purposes(Purpose.FEATURE)
                                    .minimumIntervalMs(0)
                                    .deadlineMs(2_000)
                                    .item(Item.WEB_VIEW_USER_AGENT, ItemPolicy.builder().build())
                                    .build())
                    .build();

    private static void agree(Session session) throws ScrupleException {
        session.updateConsent(
                ConsentUpdate.builder()
                        .age(Age.AT_LEAST_MINIMUM)
                        .grant(Category.DEVICE, Category.WEB_VIEW)
                        .revokeFor(Category.DEVICE, Purpose.TROUBLESHOOTING)
                        .build());
    }

    @Test
    void blocking() throws ScrupleException {
        JvmSession.warmUpBlocking();
        try (Session session = JvmSession.openBlocking(POLICY)) {
            agree(session);
            session.supply(HostRecords.fromJson("{}"));
            try (Snapshot snapshot = session.collectBlocking(Purpose.FEATURE)) {
                assertEquals("linux", snapshot.getDevice().platform);
                Missing missing = snapshot.getMissing().get(Item.LOCATION_FUZZY);
                assertEquals(Withheld.SwitchedOff.INSTANCE, missing);
                assertEquals("linux", snapshot.appDeviceInfo().get("platform"));
            }
            Set<Item> platform = Set.of(Item.DEVICE_PLATFORM);
            try (Snapshot refused = session.collectBlocking(Purpose.TROUBLESHOOTING, platform)) {
                assertEquals(Withheld.Revoked.INSTANCE, refused.getMissing().get(Item.DEVICE_PLATFORM));
            }
            assertEquals(Item.ALL, session.explain(Purpose.FEATURE).keySet());
            assertFalse(session.audit().isEmpty());
        }
    }

    @Test
    void withACallback() throws Exception {
        ExecutorService main = Executors.newSingleThreadExecutor(call -> new Thread(call, "main-of-the-host"));
        Session session = JvmSession.openBlocking(POLICY, List.of(Source.webView(new UserAgent())));
        agree(session);
        CompletableFuture<String> answer = new CompletableFuture<>();
        session.collect(
                Purpose.FEATURE,
                main,
                new ScrupleCallback<Snapshot>() {
                    @Override
                    public void onResult(Snapshot snapshot) {
                        try (snapshot) {
                            String thread = Thread.currentThread().getName();
                            answer.complete(snapshot.getFeatures().userAgent + " on " + thread);
                        } catch (ScrupleException error) {
                            answer.completeExceptionally(error);
                        }
                    }

                    @Override
                    public void onError(ScrupleException error) {
                        answer.completeExceptionally(error);
                    }
                });
        assertEquals("Mozilla/5.0 on main-of-the-host", answer.get());

        session.close();
        CompletableFuture<ScrupleException> failure = new CompletableFuture<>();
        session.collect(
                Purpose.FEATURE,
                Item.ALL,
                main,
                new ScrupleCallback<Snapshot>() {
                    @Override
                    public void onResult(Snapshot snapshot) {
                        failure.complete(null);
                    }

                    @Override
                    public void onError(ScrupleException error) {
                        failure.complete(error);
                    }
                });
        assertTrue(failure.get() instanceof ScrupleException.Closed);
        main.shutdown();
    }

    @Test
    void errorsAreTyped() {
        ScrupleException.Input error =
                assertThrows(
                        ScrupleException.Input.class,
                        () -> JvmSession.openBlocking(Policy.builder().retentionMs(0).build()));
        assertEquals(InputKind.OUT_OF_RANGE, error.getKind());
        assertEquals("retention_ms", error.getField());
        assertEquals("platform_has_none", Unavailable.PLATFORM_HAS_NONE.getId());
        assertEquals("tcmpp-dpsa/2024-05-28", Policy.AGREEMENT);
    }

    private static final class UserAgent implements WebViewSource {
        @Override
        public SystemPermission permission() {
            return SystemPermission.GRANTED;
        }

        @Override
        public String read(long deadlineMs) {
            return "Mozilla/5.0";
        }
    }
}
