package dev.scruple.java;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import android.app.Application;
import android.os.Handler;
import android.os.Looper;
import dev.scruple.Age;
import dev.scruple.AndroidPolicy;
import dev.scruple.AndroidSession;
import dev.scruple.Category;
import dev.scruple.ConsentUpdate;
import dev.scruple.InputKind;
import dev.scruple.Item;
import dev.scruple.Policy;
import dev.scruple.Purpose;
import dev.scruple.ScrupleCallback;
import dev.scruple.ScrupleException;
import dev.scruple.Session;
import dev.scruple.Snapshot;
import dev.scruple.SnapshotState;
import dev.scruple.Withheld;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.junit.Test;
import org.junit.function.ThrowingRunnable;
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

    /** Keeps what a call answers, and on which thread. */
    private static final class Answer<T> implements ScrupleCallback<T> {
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private final CompletableFuture<Thread> thread = new CompletableFuture<>();

        @Override
        public void onResult(T result) {
            thread.complete(Thread.currentThread());
            this.result.complete(result);
        }

        @Override
        public void onError(ScrupleException error) {
            thread.complete(Thread.currentThread());
            result.completeExceptionally(error);
        }

        /** What came, while the main thread serves what is posted to it. */
        private T get() throws Exception {
            while (!result.isDone()) {
                Shadows.shadowOf(Looper.getMainLooper()).idle();
                Thread.sleep(1);
            }
            assertEquals(Looper.getMainLooper().getThread(), thread.get());
            return result.get();
        }
    }

    private final Executor main = new Handler(Looper.getMainLooper())::post;

    private Session session() throws Exception {
        Answer<Session> opened = new Answer<>();
        AndroidSession.open(application, POLICY, Collections.emptyList(), main, opened);
        Session session = opened.get();
        session.updateConsent(
                ConsentUpdate.builder().age(Age.AT_LEAST_MINIMUM).grant(Category.DEVICE).build());
        return session;
    }

    @Test
    public void withCallbacksOnTheMainThread() throws Exception {
        ShadowBuild.setModel("Pixel 8");
        try (Session session = session()) {
            Answer<Snapshot> collected = new Answer<>();
            session.collect(Purpose.FEATURE, main, collected);
            Snapshot snapshot = collected.get();
            assertEquals("Pixel 8", snapshot.getDevice().model);
            assertEquals("android", snapshot.appDeviceInfo().get("platform"));
            assertEquals(SnapshotState.LIVE, snapshot.getState());
            session.updateConsent(ConsentUpdate.builder().revoke(Category.DEVICE).build());
            assertEquals(Withheld.Revoked.INSTANCE, snapshot.getMissing().get(Item.DEVICE_MODEL));
            assertEquals(SnapshotState.REVOKED, snapshot.getState());
            assertNull(snapshot.getDeviceOrNull());
            snapshot.close();
            assertEquals(SnapshotState.CLOSED, snapshot.getState());
        }
    }

    @Test
    public void blockingOnAThreadOfItsOwn() throws Exception {
        ShadowBuild.setModel("Pixel 8");
        Callable<String> host =
                () -> {
                    AndroidSession.warmUpBlocking(application);
                    try (Session session = AndroidSession.openBlocking(application, POLICY);
                            Snapshot snapshot = session.collectBlocking(Purpose.FEATURE)) {
                        return snapshot.getDevice().model;
                    }
                };
        FutureTask<String> task = new FutureTask<>(host);
        new Thread(task).start();
        assertNull(task.get());
    }

    @Test
    public void blockingOnTheMainThreadIsRefusedAtOnce() throws Exception {
        try (Session session = session()) {
            refused("AndroidSession.openBlocking", () -> AndroidSession.openBlocking(application, POLICY));
            refused("AndroidSession.warmUpBlocking", () -> AndroidSession.warmUpBlocking(application));
            refused("AndroidPolicy.fromAssetBlocking", () -> AndroidPolicy.fromAssetBlocking(application, "a.json"));
            refused("Session.collectBlocking", () -> session.collectBlocking(Purpose.FEATURE));
            refused("Session.collectBlocking", () -> session.collectBlocking(Purpose.FEATURE, Item.ALL));
            assertTrue(session.audit().isEmpty());
        }
    }

    private static void refused(String call, ThrowingRunnable made) {
        String said = assertThrows(IllegalStateException.class, made).getMessage();
        assertTrue(said, said.startsWith(call + " would block the main thread; call "));
    }

    @Test
    public void errorsAreTyped() throws Exception {
        Answer<Policy> answer = new Answer<>();
        AndroidPolicy.fromAsset(application, "none.json", main, answer);
        Throwable failed = assertThrows(ExecutionException.class, answer::get).getCause();
        assertTrue(failed instanceof ScrupleException.Input);
        assertEquals(InputKind.UNREADABLE, ((ScrupleException.Input) failed).getKind());
        assertTrue(failed.getMessage(), failed.getMessage().contains("assets"));
    }
}
