package dev.scruple.emulator;

import com.github.unidbg.file.FileResult;
import com.github.unidbg.file.linux.AndroidFileIO;
import com.github.unidbg.file.linux.LinuxFileSystem;
import com.github.unidbg.linux.android.LogCatHandler;
import com.github.unidbg.linux.file.NullFileIO;
import com.github.unidbg.unix.UnixEmulator;
import java.io.File;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The files of the emulated phone, and its log. */
final class Files extends LinuxFileSystem {
    /** Where they are. */
    static final File ROOT = new File("target/test-classes/phone");

    /** What this phone lacks of them. */
    final Set<String> lacking = new HashSet<>();
    /** What was written to the log. */
    final List<String> log = new ArrayList<>();

    Files(Processor emulator, File root) {
        super(emulator, root);
    }

    @Override
    public FileResult<AndroidFileIO> open(String path, int flags) {
        return lacking.contains(path) ? FileResult.failed(UnixEmulator.ENOENT) : super.open(path, flags);
    }

    /** An app has no terminal: what it prints is lost. */
    @Override
    protected AndroidFileIO createStdout(int flags, File file, String path) {
        return new NullFileIO(path);
    }

    @Override
    public LogCatHandler getLogCatHandler() {
        return (buffer, level, tag, text) -> log.add(level + " " + tag + ": " + text);
    }
}
