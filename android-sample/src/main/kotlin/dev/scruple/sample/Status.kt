package dev.scruple.sample

import android.content.Context
import dev.scruple.Withheld

/** What the app is doing, or what came of it. */
fun Context.words(screen: Screen): String {
    val outcomes = screen.outcomes.values
    val values = outcomes.count { it is Outcome.Value }
    val unread = outcomes.count { it is Outcome.Unread }
    val withheld = outcomes.count { it is Outcome.None && it.why is Withheld }
    val unavailable = outcomes.size - values - unread - withheld
    return when {
        screen.failure != null -> getString(R.string.status_failed, screen.failure)
        screen.phase == Phase.OPENING -> getString(R.string.status_opening)
        screen.phase == Phase.COLLECTING -> getString(R.string.status_collecting)
        values + unavailable == 0 -> getString(R.string.status_unread, unread, withheld)
        else -> getString(R.string.status_read, values, withheld, unavailable)
    }
}

/** Which extra was wrong, in what, and what would be right. */
fun Context.words(mistake: StartMistake): String =
    when (mistake) {
        is StartMistake.Name -> getString(R.string.mistake_name, mistake.extra, mistake.right.joinToString())
        is StartMistake.Type -> getString(R.string.mistake_type, mistake.extra, mistake.right)
        is StartMistake.Value ->
            getString(R.string.mistake_value, mistake.extra, mistake.wrong, mistake.right.joinToString())
        is StartMistake.Missing -> getString(R.string.mistake_missing, mistake.extra, mistake.right.joinToString())
        is StartMistake.NotDebuggable -> getString(R.string.mistake_release)
    }
