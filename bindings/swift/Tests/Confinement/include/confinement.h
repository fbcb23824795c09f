/// Confines every thread of this process, those to come among them: what would create or change a file, open a socket or a pipe, or
/// start a program ends the process with SIGSYS. Only standard output and standard error are written to; elsewhere 8 bytes at a
/// time are, which is how threads wake each other by an eventfd: nothing else that could be written to can be open by then.
///
/// 0, or -1 with the reason in `errno`.
int confine(void);
