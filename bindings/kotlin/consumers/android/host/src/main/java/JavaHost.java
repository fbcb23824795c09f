import android.content.Context;
import dev.scruple.Age;
import dev.scruple.AndroidSession;
import dev.scruple.Category;
import dev.scruple.ConsentUpdate;
import dev.scruple.DeviceInformation;
import dev.scruple.Policy;
import dev.scruple.Purpose;
import dev.scruple.ScrupleCallback;
import dev.scruple.ScrupleException;
import dev.scruple.Session;
import dev.scruple.Snapshot;
import dev.scruple.Source;
import dev.scruple.location.FuzzyLocation;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;

// The Java of docs/guide, which nobody would compile there.

public final class JavaHost {
    private Session session;

    /** The executor is context.getMainExecutor(), or new Handler(Looper.getMainLooper())::post. */
    public void open(Context context, Policy policy, Executor main) {
        List<Source> sources = Collections.singletonList(FuzzyLocation.INSTANCE);
        AndroidSession.open(context, policy, sources, main, new ScrupleCallback<Session>() {
            @Override public void onResult(Session opened) {
                session = opened;
            }

            @Override public void onError(ScrupleException error) {
                failed(error);
            }
        });
    }

    public void agree() throws ScrupleException {
        session.updateConsent(
            ConsentUpdate.builder().age(Age.AT_LEAST_MINIMUM).grant(Category.DEVICE, Category.LOCATION).build());
    }

    public void collect(Executor main) {
        session.collect(Purpose.FEATURE, main, new ScrupleCallback<Snapshot>() {
            @Override public void onResult(Snapshot snapshot) {
                DeviceInformation device = snapshot.getDeviceOrNull(); // null once it is wiped
                if (device != null) show(device.model);
                snapshot.close();
            }

            @Override public void onError(ScrupleException error) {
                failed(error);
            }
        });
    }

    private void show(String model) {}

    private void failed(ScrupleException error) {}
}
