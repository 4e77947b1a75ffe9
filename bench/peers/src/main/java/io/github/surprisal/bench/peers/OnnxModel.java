package io.github.surprisal.bench.peers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.List;

/** Writes a model of ONNX. */
final class OnnxModel {
  /** The first that knows the reduction of ScatterElements. */
  private static final long OPERATOR_SET = 16;

  private static final long IR_VERSION = 8;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("loss");

  OnnxModel input(String name, DataType type, long... shape) {
    graph.addInput(value(name, type, shape));
    return this;
  }

  OnnxModel output(String name, long... shape) {
    graph.addOutput(value(name, DataType.FLOAT, shape));
    return this;
  }

  /** A number that operators read. */
  OnnxModel constant(String name, float value) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.FLOAT.getNumber())
            .addFloatData(value));
    return this;
  }

  /** An operator; inputs and outputs are names with spaces between. */
  OnnxModel operator(String type, String inputs, String outputs) {
    graph.addNode(node(type, inputs, outputs));
    return this;
  }

  /** Adds updates to what the indices name in each row. */
  OnnxModel addAtIndices(String target, String indices, String updates, String output) {
    graph.addNode(
        node("ScatterElements", target + " " + indices + " " + updates, output)
            .addAttribute(number("axis", 1))
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("reduction")
                    .setS(ByteString.copyFromUtf8("add"))
                    .setType(AttributeProto.AttributeType.STRING)));
    return this;
  }

  /** The mean of all numbers, without an axis left. */
  OnnxModel mean(String input, String output) {
    graph.addNode(node("ReduceMean", input, output).addAttribute(number("keepdims", 0)));
    return this;
  }

  byte[] toBytes() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static NodeProto.Builder node(String type, String inputs, String outputs) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .addAllInput(List.of(inputs.split(" ")))
        .addAllOutput(List.of(outputs.split(" ")));
  }

  private static AttributeProto.Builder number(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setI(value)
        .setType(AttributeProto.AttributeType.INT);
  }

  private static ValueInfoProto value(String name, DataType type, long... lengths) {
    var shape = TensorShapeProto.newBuilder();
    for (long length : lengths) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(length));
    }
    var tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
