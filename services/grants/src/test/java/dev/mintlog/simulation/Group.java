package dev.mintlog.simulation;

/** The consumer group: who owns which partition, and from which offset the next owner reads. */
final class Group {
  private final int[] owners = new int[World.PARTITIONS];
  private final int[] generations = new int[World.PARTITIONS];
  private final long[] committed = new long[World.PARTITIONS];

  int owner(int partition) {
    return owners[partition];
  }

  int generation(int partition) {
    return generations[partition];
  }

  long committed(int partition) {
    return committed[partition];
  }

  void assign(int partition, int processor) {
    owners[partition] = processor;
    generations[partition]++;
  }

  /** An offset of a former owner is refused by its generation. */
  boolean commit(int partition, int generation, long next) {
    if (generations[partition] != generation) {
      return false;
    }
    committed[partition] = Math.max(committed[partition], next);
    return true;
  }
}
