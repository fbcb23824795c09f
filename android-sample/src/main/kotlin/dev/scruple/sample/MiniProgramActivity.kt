package dev.scruple.sample

/**
 * The same screen in a process of its own, as TCMPP runs mini-programs: with a session of its own, which agrees to what
 * all processes agree to. The manifest names the process.
 */
class MiniProgramActivity : MainActivity() {
    override val firstPage get() = R.id.tab_mini_program
}
