import dev.scruple.JvmSession;
import dev.scruple.Category;
import dev.scruple.ScrupleCallback;
import dev.scruple.Policy;
import dev.scruple.Purpose;
import dev.scruple.ScrupleException;
import dev.scruple.Session;
import dev.scruple.Snapshot;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/** What the app wrote in Java. */
public final class Demo {
    private Demo() {}

    public static void main(String[] arguments) throws Exception {
        Policy policy =
                Policy.builder().enable(Category.DEVICE).enable(Category.WEB_VIEW).build();
        Session session = JvmSession.openBlocking(policy, Collections.singletonList(ConsentsKt.ownWebView()));
        Consents consents = new Consents(session);
        Answer opened = collect(session);
        System.out.println("opened: " + seen(opened.snapshot));
        consents.agree();
        Answer agreed = collect(session);
        System.out.println("agreed: " + seen(agreed.snapshot));
        consents.takeBack();
        System.out.println("revoked: " + seen(agreed.snapshot));
        session.close();
    }

    private static Answer collect(Session session) throws InterruptedException {
        Answer answer = new Answer();
        Executor own = Runnable::run;
        session.collect(Purpose.FEATURE, own, answer);
        answer.came.await();
        return answer;
    }

    private static String seen(Snapshot snapshot) throws ScrupleException {
        try {
            return snapshot.getDevice().platform + ", " + snapshot.getFeatures().userAgent;
        } catch (ScrupleException.Revoked revoked) {
            return "nothing";
        }
    }

    private static final class Answer implements ScrupleCallback<Snapshot> {
        private final CountDownLatch came = new CountDownLatch(1);
        private Snapshot snapshot;

        @Override
        public void onResult(Snapshot collected) {
            snapshot = collected;
            came.countDown();
        }

        @Override
        public void onError(ScrupleException error) {
            came.countDown();
        }
    }
}
