import dev.scruple.JvmSession;
import dev.scruple.Age;
import dev.scruple.Category;
import dev.scruple.ConsentUpdate;
import dev.scruple.Policy;
import dev.scruple.Purpose;
import dev.scruple.ScrupleException;
import dev.scruple.Session;
import dev.scruple.Snapshot;
import dev.scruple.Source;
import dev.scruple.SystemPermission;
import dev.scruple.WebViewSource;
import java.util.Collections;

/** Opens, agrees, collects and revokes, in Java 8. */
public final class JavaHost {
    private JavaHost() {}

    public static void main(String[] arguments) throws ScrupleException {
        Policy policy =
                Policy.builder().enable(Category.DEVICE).enable(Category.WEB_VIEW).build();
        try (Session session =
                JvmSession.openBlocking(policy, Collections.singletonList(Source.webView(new OwnWebView())))) {
            try (Snapshot snapshot = session.collectBlocking(Purpose.FEATURE)) {
                System.out.println("opened: " + seen(snapshot));
            }
            session.updateConsent(
                    ConsentUpdate.builder()
                            .age(Age.AT_LEAST_MINIMUM)
                            .grant(Category.DEVICE, Category.WEB_VIEW)
                            .build());
            Snapshot snapshot = session.collectBlocking(Purpose.FEATURE);
            System.out.println("agreed: " + seen(snapshot));
            session.updateConsent(
                    ConsentUpdate.builder().revoke(Category.DEVICE, Category.WEB_VIEW).build());
            System.out.println("revoked: " + seen(snapshot));
        }
    }

    private static String seen(Snapshot snapshot) throws ScrupleException {
        try {
            return snapshot.getDevice().platform + ", " + snapshot.getFeatures().userAgent;
        } catch (ScrupleException.Revoked revoked) {
            return "nothing";
        }
    }

    /** A source in the host's own code, which the library calls back. */
    private static final class OwnWebView implements WebViewSource {
        @Override
        public SystemPermission permission() {
            return SystemPermission.GRANTED;
        }

        @Override
        public String read(long deadlineMs) {
            return "Host/1.0";
        }
    }
}
