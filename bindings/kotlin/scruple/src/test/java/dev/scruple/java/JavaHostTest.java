package dev.scruple.java;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import android.app.Application;
import android.os.Handler;
import android.os.Looper;
import dev.scruple.Age;
import dev.scruple.Category;
import dev.scruple.CollectCallback;
import dev.scruple.ConsentUpdate;
import dev.scruple.InputKind;
import dev.scruple.Item;
import dev.scruple.Policy;
import dev.scruple.Purpose;
import dev.scruple.ScrupleAndroid;
import dev.scruple.ScrupleException;
import dev.scruple.Session;
import dev.scruple.Snapshot;
import dev.scruple.Withheld;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.shadows.ShadowBuild;

/** A host in Java. */
@RunWith(RobolectricTestRunner.class)
public class JavaHostTest {
    private static final Policy POLICY = Policy.builder().enable(Category.DEVICE).build();

    private final Application application = RuntimeEnvironment.getApplication();

    private Session session() throws ScrupleException {
        Session session = ScrupleAndroid.openBlocking(application, POLICY, Collections.emptyList());
        session.updateConsent(
                ConsentUpdate.builder().age(Age.AT_LEAST_MINIMUM).grant(Category.DEVICE).build());
        return session;
    }

    @Test
    public void blocking() throws ScrupleException {
        ShadowBuild.setModel("Pixel 8");
        ScrupleAndroid.warmUpBlocking(application);
        try (Session session = session();
                Snapshot snapshot = session.collectBlocking(Purpose.FEATURE)) {
            assertEquals("Pixel 8", snapshot.getDevice().getModel());
            assertEquals("android", snapshot.appDeviceInfo().get("platform"));
            session.updateConsent(ConsentUpdate.builder().revoke(Category.DEVICE).build());
            assertEquals(Withheld.Revoked.INSTANCE, snapshot.getMissing().get(Item.DEVICE_MODEL));
        }
        try (Session session = ScrupleAndroid.openBlocking(application, POLICY);
                Snapshot snapshot = session.collectBlocking(Purpose.FEATURE)) {
            assertNull(snapshot.getDevice().getModel());
        }
    }

    @Test
    public void withACallbackOnTheMainThread() throws Exception {
        Handler main = new Handler(Looper.getMainLooper());
        CompletableFuture<Thread> answer = new CompletableFuture<>();
        Session session = session();
        session.collect(
                Purpose.FEATURE,
                main::post,
                new CollectCallback() {
                    @Override
                    public void onCollected(Snapshot snapshot) {
                        snapshot.close();
                        answer.complete(Thread.currentThread());
                    }

                    @Override
                    public void onFailed(ScrupleException error) {
                        answer.completeExceptionally(error);
                    }
                });
        while (!answer.isDone()) {
            Shadows.shadowOf(Looper.getMainLooper()).idle();
            Thread.sleep(1);
        }
        assertEquals(Looper.getMainLooper().getThread(), answer.get());
        session.close();
    }

    @Test
    public void errorsAreTyped() {
        ScrupleException.Input missing =
                assertThrows(
                        ScrupleException.Input.class,
                        () -> ScrupleAndroid.policyFromAsset(application, "none.json"));
        assertEquals(InputKind.UNREADABLE, missing.getKind());
        assertTrue(missing.getMessage(), missing.getMessage().contains("assets"));
    }
}
