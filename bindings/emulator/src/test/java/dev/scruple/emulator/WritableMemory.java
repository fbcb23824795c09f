package dev.scruple.emulator;

import com.github.unidbg.arm.backend.Backend;
import com.github.unidbg.memory.MMapListener;
import com.github.unidbg.memory.Memory;
import com.github.unidbg.memory.MemoryMap;
import java.util.ArrayList;
import java.util.List;
import unicorn.UnicornConst;

/** All memory that can be written: heaps, libraries' variables and threads' stacks, all of them mapped; and the first stack. */
final class WritableMemory {
    private final Memory memory;
    private final Backend backend;

    WritableMemory(Processor emulator) {
        memory = emulator.getMemory();
        backend = emulator.getBackend();
        memory.setMMapListener(new MMapListener() {
            @Override
            public void onMap(long address, long size, int protection) {
                // 0 is anywhere.
                if (address != 0 && address < Memory.MMAP_BASE) {
                    throw new UnsupportedOperationException("a heap grows by brk, which unidbg has in no list");
                }
            }

            @Override
            public int onProtect(long address, long size, int protection) {
                return protection;
            }

            @Override
            public void onUnmap(long address, long size) {}
        });
    }

    /** Where the bytes are. */
    List<Long> find(byte[] bytes) {
        List<Long> places = new ArrayList<>();
        for (MemoryMap map : memory.getMemoryMap()) {
            if ((map.prot & UnicornConst.UC_PROT_WRITE) != 0) {
                find(bytes, map.base, map.size, places);
            }
        }
        find(bytes, memory.getStackBase() - memory.getStackSize(), memory.getStackSize(), places);
        return places;
    }

    private void find(byte[] bytes, long base, long size, List<Long> places) {
        byte[] region = backend.mem_read(base, size);
        for (int at = 0; at + bytes.length <= region.length; at++) {
            int same = 0;
            while (same < bytes.length && region[at + same] == bytes[same]) {
                same++;
            }
            if (same == bytes.length) {
                places.add(base + at);
            }
        }
    }
}
