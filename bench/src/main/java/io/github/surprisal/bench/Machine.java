package io.github.surprisal.bench;

import io.github.surprisal.Simd;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.ProcessorCache;

/** What a figure was measured on: no figure means anything without it. */
public final class Machine {
  private Machine() {}

  /** Processor, caches, memory, Java, its options, vectors: by name, in the order to be shown. */
  public static Map<String, String> facts() {
    var hardware = new SystemInfo().getHardware();
    CentralProcessor cpu = hardware.getProcessor();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "CPU",
        "%s, %d cores, %d threads"
            .formatted(
                cpu.getProcessorIdentifier().getName().strip(),
                cpu.getPhysicalProcessorCount(),
                cpu.getLogicalProcessorCount()));
    facts.put(
        "Caches",
        caches(cpu).entrySet().stream()
            .map(cache -> "%s %d KiB".formatted(cache.getKey(), cache.getValue() >> 10))
            .collect(Collectors.joining(", ")));
    facts.put("Memory", (hardware.getMemory().getTotal() >> 30) + " GiB");
    facts.put("System", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put(
        "Java", System.getProperty("java.vendor") + " " + System.getProperty("java.vm.version"));
    facts.put(
        "Options", String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
    facts.put("Vectors", Simd.describe());
    return facts;
  }

  /** Size in bytes of the data caches, first level first. */
  public static Map<String, Long> caches() {
    return caches(new SystemInfo().getHardware().getProcessor());
  }

  private static Map<String, Long> caches(CentralProcessor cpu) {
    var caches =
        cpu.getProcessorCaches().stream()
            .filter(cache -> cache.getType() != ProcessorCache.Type.INSTRUCTION)
            .sorted(Comparator.comparing(ProcessorCache::getLevel))
            .toList();
    // OSHI 6.9 leaves out the K of Linux: no first level is smaller than 4 KiB.
    boolean isInKib = !caches.isEmpty() && caches.getFirst().getCacheSize() < 4096;
    Map<String, Long> sizes = new LinkedHashMap<>();
    for (var cache : caches) {
      sizes.put("L" + cache.getLevel(), (long) cache.getCacheSize() * (isInKib ? 1024 : 1));
    }
    return sizes;
  }

  /** The facts, a line each. */
  public static List<String> describe() {
    var lines = new ArrayList<String>();
    facts().forEach((name, value) -> lines.add("%-8s %s".formatted(name, value)));
    return lines;
  }
}
