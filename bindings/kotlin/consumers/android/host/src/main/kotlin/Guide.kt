import android.app.Activity
import android.app.Application
import android.os.Build
import android.os.Process
import android.webkit.WebView
import dev.scruple.Age
import dev.scruple.AndroidPolicy
import dev.scruple.AndroidSession
import dev.scruple.Category
import dev.scruple.Coordinates
import dev.scruple.Item
import dev.scruple.Purpose
import dev.scruple.Session
import dev.scruple.Snapshot
import dev.scruple.SnapshotState
import dev.scruple.location.FuzzyLocation
import dev.scruple.sharedconsent.SharedConsent
import dev.scruple.webview.AndroidWebView
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.withTimeoutOrNull

// The code of docs/guide, block by block, which nobody would compile there.

class HostApplication : Application() { // `android:name` of the manifest's <application>
    val session: Deferred<Session> by lazy {
        scope.async {
            val policy = AndroidPolicy.fromAsset(this@HostApplication, "scruple.json")
            AndroidSession.open(this@HostApplication, policy, listOf(FuzzyLocation, AndroidWebView))
        }
    }
    val consent: Deferred<SharedConsent> by lazy {
        scope.async { SharedConsent.join(this@HostApplication, session.await()) }
    }
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)

    override fun onCreate() {
        super.onCreate()
        if (Build.VERSION.SDK_INT >= 28 && getProcessName() != packageName) {
            WebView.setDataDirectorySuffix(getProcessName())
        }
    }
}

class Screen : Activity() {
    suspend fun agree(session: Session) {
        session.updateConsent {
            age = Age.AT_LEAST_MINIMUM
            grant(Category.DEVICE, Category.LOCATION, Category.WEB_VIEW)
        }
        requestPermissions(FuzzyLocation.permissions.toTypedArray(), REQUEST) // of an Activity
    }

    suspend fun collect(session: Session) {
        session.collect(Purpose.FEATURE).use { snapshot ->
            show(snapshot.device.model)
            snapshot.missing[Item.DEVICE_MCC_MNC]?.let { log(it.id) } // such as "no_telephony": an id, never a value
        }
    }

    private fun show(model: String?) {
        title = model
    }

    private fun log(reason: String) {
        title = reason
    }

    private companion object {
        const val REQUEST = 1
    }
}

class Answers(
    private val session: Session,
) {
    @Volatile
    private var snapshot: Snapshot? = null

    /** When a mini-program starts, and when its values have ended or consent has changed. */
    suspend fun refresh() {
        val ended = snapshot
        snapshot = session.collect(Purpose.FEATURE)
        ended?.close()
    }

    fun deviceInfo(): Map<String, String> = snapshot?.appDeviceInfo().orEmpty()

    fun fuzzyLocation(): Coordinates? = snapshot?.featuresOrNull?.fuzzyLocation // null once the values have ended
}

class SnapshotScreen {
    suspend fun show(
        session: Session,
        scope: CoroutineScope, // such as viewModelScope
    ) {
        val snapshot = session.collect(Purpose.FEATURE).closeWith(scope)
        snapshot.states.collect { state ->
            // LIVE, then REVOKED, EXPIRED or CLOSED
            show(state, snapshot.deviceOrNull?.model) // null once it is wiped
        }
    }

    private fun show(
        state: SnapshotState,
        model: String?,
    ) = println("${state.id}: ${model == null}")
}

/** Returns when no process has a value of the location. */
suspend fun takeBack(consent: SharedConsent) {
    val done = withTimeoutOrNull(5_000) { consent.updateConsent { revoke(Category.LOCATION) } }
    if (done == null) {
        val hanging = consent.waitingFor - Process.myPid()
        hanging.forEach(Process::killProcess) // with a process goes its memory
    }
}

/** What a range of ages says of the minimum. Without a range, or with the minimum inside of it, nothing. */
fun ageOf(
    lower: Int?,
    upper: Int?,
    minimum: Int,
): Age =
    when {
        lower != null && lower >= minimum -> Age.AT_LEAST_MINIMUM
        upper != null && upper < minimum -> Age.BELOW_MINIMUM
        else -> Age.UNKNOWN
    }
