package dev.scruple.sharedconsent;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import android.app.Application;
import android.content.ComponentName;
import android.content.Intent;
import android.os.Handler;
import android.os.Looper;
import dev.scruple.Age;
import dev.scruple.Category;
import dev.scruple.ConsentUpdate;
import dev.scruple.Policy;
import dev.scruple.Purpose;
import dev.scruple.AndroidSession;
import dev.scruple.Session;
import dev.scruple.Snapshot;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.shadows.ShadowBuild;

/** A host in Java. */
@RunWith(RobolectricTestRunner.class)
public class JavaHostTest {
    private final Application application = RuntimeEnvironment.getApplication();
    private final Executor main = new Handler(Looper.getMainLooper())::post;
    private final CompletableFuture<String> shown = new CompletableFuture<>();

    /** Makes a call that refuses the main thread. */
    private static <T> T beside(Callable<T> call) throws Exception {
        FutureTask<T> task = new FutureTask<>(call);
        new Thread(task).start();
        return task.get();
    }

    @Test
    public void callbacksOnTheMainThread() throws Exception {
        ShadowBuild.setModel("Pixel 8");
        ConsentService service = Robolectric.buildService(ConsentService.class).create().get();
        Shadows.shadowOf(application)
                .setComponentNameAndServiceForBindService(
                        new ComponentName(application, ConsentService.class), service.onBind(new Intent()));
        Session session =
                beside(() -> AndroidSession.openBlocking(application, Policy.builder().enable(Category.DEVICE).build()));
        CompletableFuture<SharedConsent> joined = new CompletableFuture<>();
        SharedConsent.join(
                application,
                session,
                main,
                new JoinCallback() {
                    @Override
                    public void onJoined(SharedConsent consent) {
                        joined.complete(consent);
                    }

                    @Override
                    public void onFailed(SharedConsentException error) {
                        joined.completeExceptionally(error);
                    }
                });
        SharedConsent consent = await(joined);
        ConsentUpdate grant =
                ConsentUpdate.builder().age(Age.AT_LEAST_MINIMUM).grant(Category.DEVICE).build();
        assertEquals(Looper.getMainLooper().getThread(), await(update(consent, grant)));
        try (Snapshot snapshot = beside(() -> session.collectBlocking(Purpose.FEATURE))) {
            assertEquals("Pixel 8", snapshot.getDevice().model);
        }
        assertThrows(IllegalStateException.class, () -> consent.updateConsentBlocking(grant));
        consent.close();
        Throwable left = assertThrows(Exception.class, () -> await(update(consent, grant))).getCause();
        assertEquals(SharedConsentException.Left.class, left.getClass());
    }

    @Test
    public void theGuide() throws Exception {
        Shadows.shadowOf(application)
                .setComponentNameAndServiceForBindService(
                        new ComponentName(application, ConsentService.class), new Relay());
        Session session =
                beside(() -> AndroidSession.openBlocking(application, Policy.builder().enable(Category.DEVICE).build()));
        FutureTask<Void> work = new FutureTask<>(() -> takeBack(session), null);
        new Thread(work).start();
        await(work);
        assertEquals("every process has wiped", await(shown));
    }

    private void takeBack(Session session) {
        try {
            SharedConsent consent = SharedConsent.joinBlocking(application, session); // on a worker thread
            consent.updateConsent(
                    ConsentUpdate.builder().revoke(Category.DEVICE).build(),
                    main,
                    new UpdateCallback() {
                        @Override
                        public void onUpdated() {
                            show("every process has wiped");
                        }

                        @Override
                        public void onFailed(SharedConsentException error) {
                            show(error.getMessage());
                        }
                    });
        } catch (SharedConsentException | InterruptedException error) {
            throw new AssertionError(error);
        }
    }

    private void show(String text) {
        shown.complete(text);
    }

    private CompletableFuture<Thread> update(SharedConsent consent, ConsentUpdate update) {
        CompletableFuture<Thread> updated = new CompletableFuture<>();
        consent.updateConsent(
                update,
                main,
                new UpdateCallback() {
                    @Override
                    public void onUpdated() {
                        updated.complete(Thread.currentThread());
                    }

                    @Override
                    public void onFailed(SharedConsentException error) {
                        updated.completeExceptionally(error);
                    }
                });
        return updated;
    }

    private static <T> T await(Future<T> answer) throws Exception {
        while (!answer.isDone()) {
            Shadows.shadowOf(Looper.getMainLooper()).idle();
            Thread.sleep(1);
        }
        return answer.get();
    }
}
