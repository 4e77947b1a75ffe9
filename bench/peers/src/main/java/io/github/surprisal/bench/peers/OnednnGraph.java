package io.github.surprisal.bench.peers;

import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.softmax_forward;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** Primitives of oneDNN over matrices of one shape, and all that they need. */
final class OnednnGraph implements AutoCloseable {
  private static final int COLUMNS_AXIS = 1;

  private final Deque<Pointer> owned = new ArrayDeque<>();
  private final int elements;
  private final engine cpu = own(new engine(engine.kind.cpu, 0));
  private final stream order = own(new stream(cpu));
  private final memory.desc matrix;

  /** A primitive with its input and output. */
  record Step(primitive primitive, IntMemoryMap arguments) {}

  OnednnGraph(int rows, int columns) {
    elements = rows * columns;
    long[] shape = {rows, columns};
    matrix = own(new memory.desc(shape, memory.data_type.f32, memory.format_tag.ab));
  }

  /** A matrix. */
  memory allocate() {
    return own(new memory(matrix, cpu));
  }

  /** The numbers of a matrix. */
  FloatBuffer numbers(memory of) {
    return new FloatPointer(of.get_data_handle()).capacity(elements).asBuffer();
  }

  /** factor * softmax(from) + summand, or the same of log softmax. */
  Step softmax(dnnl.algorithm algorithm, float factor, float summand, memory from, memory to) {
    var after = own(new post_ops());
    after.append_eltwise(dnnl.algorithm.eltwise_linear, factor, summand);
    var attributes = own(new primitive_attr());
    attributes.set_post_ops(after);
    var description =
        own(
            new softmax_forward.primitive_desc(
                cpu,
                dnnl.prop_kind.forward_inference,
                algorithm,
                matrix,
                matrix,
                COLUMNS_AXIS,
                attributes,
                false));
    return step(own(new softmax_forward(description)), from, to);
  }

  /** exp(from). */
  Step exp(memory from, memory to) {
    var description =
        own(
            new eltwise_forward.primitive_desc(
                cpu, dnnl.prop_kind.forward_inference, dnnl.algorithm.eltwise_exp, matrix, matrix));
    return step(own(new eltwise_forward(description)), from, to);
  }

  private Step step(primitive primitive, memory from, memory to) {
    var arguments = own(new IntMemoryMap());
    arguments.put(dnnl.DNNL_ARG_SRC, from);
    arguments.put(dnnl.DNNL_ARG_DST, to);
    return new Step(primitive, arguments);
  }

  /** Runs a step to its end. */
  void run(Step step) {
    step.primitive.execute(order, step.arguments);
    order._wait();
  }

  private <P extends Pointer> P own(P pointer) {
    owned.push(pointer);
    return pointer;
  }

  @Override
  public void close() {
    owned.forEach(Pointer::close);
    owned.clear();
  }
}
