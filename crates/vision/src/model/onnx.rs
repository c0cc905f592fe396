//! ONNX files: the parts of the format (onnx.proto3, IR version 8) that our networks use. In: bytes. Out: nodes and constants.
//! Does not know: what operators do.

use std::collections::HashMap;

use prost::Message;

use super::ModelError;

/// A network as its file has it.
#[derive(Debug)]
pub struct Graph {
    /// Name and shape of the one input.
    pub input: (String, Vec<usize>),
    /// In an order in which each can be computed.
    pub nodes: Vec<Node>,
    /// Weights and other constants, by name.
    pub constants: HashMap<String, Constant>,
    /// Names of the outputs.
    pub outputs: Vec<String>,
}

/// One operator at work.
#[derive(Debug)]
pub struct Node {
    /// Operator, such as `Conv`.
    pub operator: String,
    /// Names of what it takes; empty for optional ones that are left out.
    pub inputs: Vec<String>,
    /// Name of what it makes.
    pub output: String,
    attributes: HashMap<String, Attribute>,
}

/// A constant tensor.
#[derive(Clone, Debug, Default)]
pub struct Constant {
    /// Sides.
    pub shape: Vec<usize>,
    /// Values of a float tensor, row-major.
    pub floats: Vec<f32>,
    /// Values of an integer tensor.
    pub integers: Vec<i64>,
}

/// Reads a file.
pub fn read(file: &[u8]) -> Result<Graph, ModelError> {
    let graph = ModelProto::decode(file).ok().and_then(|model| model.graph).ok_or(ModelError::Malformed)?;
    let mut constants = HashMap::new();
    for tensor in graph.initializer {
        constants.insert(tensor.name.clone(), constant(tensor)?);
    }
    let mut nodes = Vec::new();
    for node in graph.node {
        let [output] = <[String; 1]>::try_from(node.output).map_err(|_| ModelError::Operator)?;
        let attributes: HashMap<_, _> = node.attribute.into_iter().map(|it| (it.name.clone(), it)).collect();
        match node.op_type.as_str() {
            "Constant" => {
                let value = attributes.get("value").and_then(|value| value.t.clone()).ok_or(ModelError::Operator)?;
                constants.insert(output, constant(value)?);
            }
            // Weights that several nodes share are named anew by the one, those in half precision are widened by the other.
            "Identity" | "Cast" => {
                let source = node.input.first().and_then(|name| constants.get(name)).ok_or(ModelError::Operator)?;
                constants.insert(output, source.clone());
            }
            _ => nodes.push(Node { operator: node.op_type, inputs: node.input, output, attributes }),
        }
    }
    let mut inputs = graph.input.into_iter().filter(|input| !constants.contains_key(&input.name));
    let input = inputs.next().filter(|_| inputs.next().is_none()).ok_or(ModelError::Malformed)?;
    let shape = input.r#type.and_then(|kind| kind.tensor_type?.shape).ok_or(ModelError::Malformed)?;
    let shape = shape.dim.iter().map(|side| side.dim_value.and_then(|side| usize::try_from(side).ok()));
    let shape = shape.collect::<Option<_>>().ok_or(ModelError::Shape)?;
    let outputs = graph.output.into_iter().map(|output| output.name).collect();
    Ok(Graph { input: (input.name, shape), nodes, constants, outputs })
}

impl Node {
    /// Numbers of an attribute; `None` if it is absent.
    pub fn integers(&self, name: &str) -> Option<&[i64]> {
        self.attributes.get(name).map(|attribute| attribute.ints.as_slice())
    }

    /// The number of an attribute, or what holds where it is absent.
    pub fn integer(&self, name: &str, otherwise: i64) -> i64 {
        self.attributes.get(name).map_or(otherwise, |attribute| attribute.i)
    }

    /// The word of an attribute; `None` if it is absent.
    pub fn word(&self, name: &str) -> Option<&[u8]> {
        self.attributes.get(name).map(|attribute| attribute.s.as_slice())
    }
}

fn constant(tensor: TensorProto) -> Result<Constant, ModelError> {
    const FLOAT: i32 = 1;
    const INT64: i32 = 7;
    const FLOAT16: i32 = 10;
    let shape = tensor.dims.iter().map(|&side| usize::try_from(side)).collect::<Result<Vec<_>, _>>();
    let shape = shape.map_err(|_| ModelError::Malformed)?;
    let count = shape.iter().try_fold(1_usize, |count, &side| count.checked_mul(side)).ok_or(ModelError::Malformed)?;
    let (mut floats, mut integers) = (tensor.float_data, tensor.int64_data);
    match tensor.data_type {
        FLOAT if floats.is_empty() => {
            floats = tensor.raw_data.as_chunks::<4>().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
        }
        FLOAT16 => {
            let halves = tensor.raw_data.as_chunks::<2>().0;
            floats = halves.iter().map(|&bytes| widened(u16::from_le_bytes(bytes))).collect();
        }
        INT64 if integers.is_empty() => {
            integers = tensor.raw_data.as_chunks::<8>().0.iter().map(|&bytes| i64::from_le_bytes(bytes)).collect();
        }
        FLOAT | INT64 => {}
        _ => return Err(ModelError::Operator),
    }
    if floats.len() + integers.len() == count {
        Ok(Constant { shape, floats, integers })
    } else {
        Err(ModelError::Malformed)
    }
}

/// The value of a half-precision number (IEEE 754 binary16).
fn widened(half: u16) -> f32 {
    let (exponent, fraction) = ((half >> 10) & 0x1F, f32::from(half & 0x3FF) / 1024.0);
    let size = match exponent {
        0 => fraction * 2.0_f32.powi(-14),
        31 if fraction == 0.0 => f32::INFINITY,
        31 => f32::NAN,
        _ => (1.0 + fraction) * 2.0_f32.powi(i32::from(exponent) - 15),
    };
    if half >> 15 == 0 { size } else { -size }
}

#[derive(Clone, PartialEq, Message)]
struct ModelProto {
    #[prost(message, optional, tag = "7")]
    graph: Option<GraphProto>,
}

#[derive(Clone, PartialEq, Message)]
struct GraphProto {
    #[prost(message, repeated, tag = "1")]
    node: Vec<NodeProto>,
    #[prost(message, repeated, tag = "5")]
    initializer: Vec<TensorProto>,
    #[prost(message, repeated, tag = "11")]
    input: Vec<ValueInfo>,
    #[prost(message, repeated, tag = "12")]
    output: Vec<ValueInfo>,
}

#[derive(Clone, PartialEq, Message)]
struct NodeProto {
    #[prost(string, repeated, tag = "1")]
    input: Vec<String>,
    #[prost(string, repeated, tag = "2")]
    output: Vec<String>,
    #[prost(string, tag = "4")]
    op_type: String,
    #[prost(message, repeated, tag = "5")]
    attribute: Vec<Attribute>,
}

#[derive(Clone, PartialEq, Message)]
struct Attribute {
    #[prost(string, tag = "1")]
    name: String,
    #[prost(int64, tag = "3")]
    i: i64,
    #[prost(bytes = "vec", tag = "4")]
    s: Vec<u8>,
    #[prost(message, optional, tag = "5")]
    t: Option<TensorProto>,
    #[prost(int64, repeated, tag = "8")]
    ints: Vec<i64>,
}

#[derive(Clone, PartialEq, Message)]
struct TensorProto {
    #[prost(int64, repeated, tag = "1")]
    dims: Vec<i64>,
    #[prost(int32, tag = "2")]
    data_type: i32,
    #[prost(float, repeated, tag = "4")]
    float_data: Vec<f32>,
    #[prost(int64, repeated, tag = "7")]
    int64_data: Vec<i64>,
    #[prost(string, tag = "8")]
    name: String,
    #[prost(bytes = "vec", tag = "9")]
    raw_data: Vec<u8>,
}

#[derive(Clone, PartialEq, Message)]
struct ValueInfo {
    #[prost(string, tag = "1")]
    name: String,
    #[prost(message, optional, tag = "2")]
    r#type: Option<TypeProto>,
}

#[derive(Clone, PartialEq, Message)]
struct TypeProto {
    #[prost(message, optional, tag = "1")]
    tensor_type: Option<TensorType>,
}

#[derive(Clone, PartialEq, Message)]
struct TensorType {
    #[prost(message, optional, tag = "2")]
    shape: Option<ShapeProto>,
}

#[derive(Clone, PartialEq, Message)]
struct ShapeProto {
    #[prost(message, repeated, tag = "1")]
    dim: Vec<Dimension>,
}

#[derive(Clone, PartialEq, Message)]
struct Dimension {
    #[prost(int64, optional, tag = "1")]
    dim_value: Option<i64>,
}
