package io.github.surprisal.bench.conformance;

import io.github.surprisal.bench.conformance.protocol.LineReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Evaluates on several threads and writes in the order of the cases. What is under way is bounded
 * in bytes, so that a million lines and a line of many megabytes both fit.
 */
final class OrderedEvaluation {
  /** What a case under way costs beside its line. */
  private static final int OVERHEAD = 1 << 14;

  /** Bytes under way, beside a longest line. */
  private static final int ROOM = 1 << 24;

  private final Evaluator evaluator;
  private final int threads;
  private final Semaphore room;
  private final BlockingQueue<Pending> pending = new LinkedBlockingQueue<>();

  OrderedEvaluation(Evaluator evaluator, int threads, int longest) {
    this.evaluator = evaluator;
    this.threads = threads;
    room = new Semaphore(longest + ROOM);
  }

  private record Pending(Future<byte[]> result, int cost) {}

  /** Evaluates all lines. */
  void run(LineReader lines, OutputStream out) throws IOException, InterruptedException {
    try (ExecutorService workers = Executors.newFixedThreadPool(threads);
        ExecutorService writer = Executors.newSingleThreadExecutor()) {
      Future<?> written = writer.submit(() -> write(out));
      try {
        byte[] line = lines.next();
        while (line != null && awaitRoom(cost(line), written)) {
          byte[] taken = line;
          Future<byte[]> result = workers.submit(() -> evaluator.evaluate(taken));
          pending.put(new Pending(result, cost(line)));
          line = lines.next();
        }
      } finally {
        pending.put(new Pending(null, 0));
        workers.shutdown();
      }
      written.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    }
  }

  private static int cost(byte[] line) {
    return line.length + OVERHEAD;
  }

  /** False if there never will be room, because writing has failed. */
  private boolean awaitRoom(int cost, Future<?> written) throws InterruptedException {
    while (!written.isDone()) {
      if (room.tryAcquire(cost, 1, TimeUnit.SECONDS)) {
        return true;
      }
    }
    return false;
  }

  /** Writes results until the one that has no case. */
  private Void write(OutputStream out)
      throws IOException, InterruptedException, ExecutionException {
    for (Pending next = pending.take(); next.result != null; next = pending.take()) {
      out.write(next.result.get());
      room.release(next.cost);
      if (pending.isEmpty()) {
        out.flush();
      }
    }
    return null;
  }
}
