package dev.scruple.robolectric

import android.content.ContentResolver
import android.content.Context
import android.content.ContextWrapper
import android.content.pm.PackageManager
import android.content.res.Resources
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.ConcurrentLinkedQueue

/** The application's context as the library gets it: it notes what is asked of it, and a test can answer in its place. */
class WatchedContext : ContextWrapper(application) {
    /** What was asked for, in this order: names of services, and of the context's own ways to the system. */
    val asked: Collection<String> get() = notes.toList()

    private val notes = ConcurrentLinkedQueue<String>()
    private val answers = ConcurrentHashMap<String, () -> Any?>()

    /** Answers with this where a service of that name is asked for. */
    fun answer(
        service: String,
        with: () -> Any?,
    ): WatchedContext = apply { answers[service] = with }

    override fun getApplicationContext(): Context = this

    override fun getSystemService(name: String): Any? {
        notes += name
        val answer = answers[name] ?: return super.getSystemService(name)
        return answer()
    }

    override fun getContentResolver(): ContentResolver {
        notes += "content resolver"
        answers["content resolver"]?.invoke()
        return super.getContentResolver()
    }

    override fun getResources(): Resources {
        notes += "resources"
        answers["resources"]?.invoke()
        return super.getResources()
    }

    override fun getPackageManager(): PackageManager {
        notes += "package manager"
        return super.getPackageManager()
    }
}
