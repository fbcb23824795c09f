package dev.scruple.sample

import android.app.Activity
import android.content.Intent
import android.content.pm.ApplicationInfo
import android.os.Bundle
import android.view.View
import android.widget.TextView
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch

/** The only screen: the result above, the pages, and below them the buttons that agree and take back. */
open class MainActivity : Activity() {
    private val model get() = (application as SampleApplication).model

    /** Immediate: when a revocation returns, the screen is empty already. */
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main.immediate)
    private lateinit var tabs: Tabs
    private lateinit var pages: List<Page>

    /** The name of the page that is open at first. */
    protected open val firstPage get() = R.id.tab_consent

    /** Whether this build was made for testers. */
    val isDebuggable get() = applicationInfo.flags and ApplicationInfo.FLAG_DEBUGGABLE != 0

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        keepOutOfRecents()
        setContentView(R.layout.main)
        val main = findViewById<View>(R.id.main)
        main.keepClearOfSystemBars()
        // The model outlives a rotation, and what was read belongs into no saved state.
        main.isSaveFromParentEnabled = false

        findViewById<TextView>(R.id.title).text = title
        findViewById<View>(R.id.agree).setOnClickListener {
            model.agree()
            collect()
        }
        findViewById<View>(R.id.revoke).setOnClickListener { model.revoke() }
        tabs = Tabs(main)
        tabs.open(savedInstanceState?.getInt(PAGE) ?: tabs.place(firstPage))

        pages =
            listOf(
                Page(::show),
                ConsentPage(main, model),
                ItemsPage(main, model),
                AuditPage(main),
                TimesPage(main, model),
                MiniProgramPage(this, main),
                JsonPage(this, main),
                SystemPage(this, main),
            )
        scope.launch { model.screen.collect { screen -> pages.forEach { it.show(screen) } } }
        if (savedInstanceState == null) begin(intent)
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        begin(intent)
    }

    /** Android's permissions may have changed in Settings. */
    override fun onResume() {
        super.onResume()
        pages.forEach { it.show(model.screen.value) }
    }

    override fun onSaveInstanceState(outState: Bundle) {
        super.onSaveInstanceState(outState)
        outState.putInt(PAGE, tabs.open)
    }

    override fun onStop() {
        super.onStop()
        if (!isChangingConfigurations) model.leave()
    }

    override fun onDestroy() {
        scope.cancel()
        super.onDestroy()
    }

    /** Whatever the person answered: what Android does not permit is not read, and the table says so. */
    override fun onRequestPermissionsResult(
        requestCode: Int,
        permissions: Array<String>,
        grantResults: IntArray,
    ) {
        model.collect()
    }

    /** What Android asks, after consent, and then the collection. */
    private fun collect() {
        tabs.open(tabs.place(R.id.tab_items))
        val screen = model.screen.value
        val asked = permissions(screen.chosen, screen.accuracy).filterNot { holds(it) }
        if (asked.isEmpty()) model.collect() else requestPermissions(asked.toTypedArray(), 0)
    }

    /** Does what a tester started the app with. A launcher's intent has an action, and `am start -n` gives none. */
    private fun begin(intent: Intent) {
        val extras = intent.extras.takeIf { intent.action == null } ?: return
        try {
            if (!isDebuggable) throw StartMistake.NotDebuggable()
            // Each type is looked at, which the newer way to read them does not let one do.
            @Suppress("DEPRECATION")
            val start = Start.of(extras.keySet().associateWith { extras.get(it) }) ?: return
            scope.launch {
                model.prepare(start)
                if (start.agree.isNotEmpty()) model.agree()
                if (start.collect) collect()
            }
        } catch (mistake: StartMistake) {
            model.refuse(mistake)
        }
    }

    private fun show(screen: Screen) {
        val status = findViewById<TextView>(R.id.status)
        val words = words(screen)
        // It is a live region, which speaks whenever its text is set.
        if (words != status.text.toString()) status.text = words
        findViewById<TextView>(R.id.mistake).show(screen.mistake?.let { words(it) })
        findViewById<TextView>(R.id.agree_hint)
            .show(getText(R.string.agree_hint).takeIf { screen.isReady && !screen.isChosen })
        findViewById<View>(R.id.agree).isEnabled = screen.isReady && screen.isChosen
        findViewById<View>(R.id.revoke).isEnabled = screen.agreed.isNotEmpty()
    }

    private fun TextView.show(words: CharSequence?) {
        val shown = words ?: ""
        if (text.toString() != shown.toString()) text = shown
        visibility = if (words == null) View.GONE else View.VISIBLE
    }

    private companion object {
        const val PAGE = "page"
    }
}
