//! From a graph to steps that only compute: shapes are known, weights laid out, places in memory assigned. In: a graph. Out: numbers.

use std::collections::HashMap;

use super::{
    ModelError,
    kernels::{self, Matrix, Size, Window},
    onnx::{Constant, Graph, Node},
};

/// A graph made ready.
#[derive(Clone, Debug)]
pub struct Plan {
    input: usize,
    steps: Vec<Step>,
    /// Values of a run, by place.
    values: Vec<Vec<f32>>,
    sizes: Vec<Size>,
    outputs: Vec<Part>,
    unfolded: Vec<f32>,
}

/// Channels of a value.
#[derive(Clone, Copy, Debug)]
struct Part {
    place: usize,
    from: usize,
    to: usize,
}

#[derive(Clone, Debug)]
struct Step {
    work: Work,
    from: usize,
    to: usize,
    relu: bool,
}

#[derive(Clone, Debug)]
enum Work {
    /// A weighted sum over channels.
    Mix(Matrix),
    /// A convolution over all channels.
    Convolve(Window, Matrix),
    /// A convolution of each channel by itself.
    Depthwise {
        window: Window,
        weights: Vec<f32>,
        bias: Vec<f32>,
    },
    Add {
        other: usize,
    },
    Relu,
    Double,
    Mean,
    Peak,
}

impl Plan {
    /// Makes a graph ready.
    pub fn of(graph: &Graph) -> Result<Self, ModelError> {
        let &[1, channels, height, width] = graph.input.1.as_slice() else { return Err(ModelError::Shape) };
        let mut builder = Builder { graph, sizes: Vec::new(), places: HashMap::new(), steps: Vec::new() };
        let input = builder.place(&graph.input.0, Size { channels, height, width });
        for node in &graph.nodes {
            builder.node(node)?;
        }
        let outputs = graph.outputs.iter().map(|name| builder.part(name)).collect::<Result<_, _>>()?;
        let values = builder.sizes.iter().map(|size| vec![0.0; size.len()]).collect();
        Ok(Self {
            input: input.place,
            steps: builder.steps,
            values,
            sizes: builder.sizes,
            outputs,
            unfolded: Vec::new(),
        })
    }

    /// Channels, height and width of the input.
    pub fn input(&self) -> [usize; 3] {
        let Size { channels, height, width } = self.sizes[self.input];
        [channels, height, width]
    }

    /// The outputs for one input.
    pub fn run(&mut self, input: &[f32]) -> Result<Vec<Vec<f32>>, ModelError> {
        let place = &mut self.values[self.input];
        if input.len() != place.len() {
            return Err(ModelError::Shape);
        }
        place.copy_from_slice(input);
        for step in &self.steps {
            let mut output = std::mem::take(&mut self.values[step.to]);
            let (input, size) = (&self.values[step.from], self.sizes[step.from]);
            match &step.work {
                Work::Mix(matrix) => matrix.apply(input, size.plane(), step.relu, &mut output),
                Work::Convolve(window, matrix) => {
                    window.unfold(input, size, &mut self.unfolded);
                    matrix.apply(&self.unfolded, window.over(size).plane(), step.relu, &mut output);
                }
                Work::Depthwise { window, weights, bias } => {
                    window.depthwise(input, size, weights, bias, step.relu, &mut output);
                }
                Work::Add { other } => kernels::add(input, &self.values[*other], step.relu, &mut output),
                Work::Relu => kernels::relu(input, &mut output),
                Work::Double => kernels::doubled(input, size, &mut output),
                Work::Mean => kernels::means(input, size, &mut output),
                Work::Peak => kernels::peaks(input, size, &mut output),
            }
            self.values[step.to] = output;
        }
        let part = |part: &Part| {
            let count = self.sizes[part.place].plane();
            self.values[part.place][part.from * count..part.to * count].to_vec()
        };
        Ok(self.outputs.iter().map(part).collect())
    }
}

struct Builder<'a> {
    graph: &'a Graph,
    sizes: Vec<Size>,
    places: HashMap<String, Part>,
    steps: Vec<Step>,
}

impl Builder<'_> {
    fn node(&mut self, node: &Node) -> Result<(), ModelError> {
        if node.operator == "Slice" {
            return self.slice(node);
        }
        let from = self.whole(node, 0)?;
        let size = self.sizes[from];
        if node.operator == "Relu" && self.follows_alone(node, from) {
            let last = self.steps.last_mut().ok_or(ModelError::Malformed)?;
            last.relu = true;
            self.places.insert(node.output.clone(), Part { place: from, from: 0, to: size.channels });
            return Ok(());
        }
        let (work, size) = match node.operator.as_str() {
            "Conv" => self.convolution(node, size)?,
            "Gemm" => self.gemm(node, size)?,
            "Add" => {
                let other = self.whole(node, 1)?;
                if self.sizes[other] != size {
                    return Err(ModelError::Operator);
                }
                (Work::Add { other }, size)
            }
            "Relu" => (Work::Relu, size),
            "Resize" => (self.doubling(node)?, Size { height: 2 * size.height, width: 2 * size.width, ..size }),
            "ReduceMean" | "ReduceMax" if node.integers("axes") == Some(&[2, 3]) => {
                let work = if node.operator == "ReduceMax" { Work::Peak } else { Work::Mean };
                (work, Size { height: 1, width: 1, ..size })
            }
            _ => return Err(ModelError::Operator),
        };
        let to = self.place(&node.output, size).place;
        self.steps.push(Step { work, from, to, relu: false });
        Ok(())
    }

    /// Whether nothing but this node uses what the last step made.
    fn follows_alone(&self, node: &Node, from: usize) -> bool {
        let name = &node.inputs[0];
        let uses = self.graph.nodes.iter().flat_map(|node| &node.inputs).filter(|input| *input == name).count();
        let takes_it = |work: &Work| !matches!(work, Work::Double | Work::Mean | Work::Peak);
        let fits = self.steps.last().is_some_and(|step| step.to == from && takes_it(&step.work));
        uses == 1 && fits && !self.graph.outputs.contains(name)
    }

    fn convolution(&self, node: &Node, size: Size) -> Result<(Work, Size), ModelError> {
        let weights = self.constant(node, 1)?;
        let bias = self.constant(node, 2)?;
        let &[outputs, inputs, reach, breadth] = weights.shape.as_slice() else { return Err(ModelError::Malformed) };
        let groups = node.integer("group", 1);
        let stride = match node.integers("strides") {
            None | Some([1, 1]) => 1,
            Some([2, 2]) => 2,
            _ => return Err(ModelError::Operator),
        };
        let border = i64::try_from(reach / 2).map_err(|_| ModelError::Malformed)?;
        let framed = node.integers("pads").is_none_or(|pads| pads.iter().all(|&pad| pad == border));
        let undilated = node.integers("dilations").is_none_or(|sides| sides.iter().all(|&step| step == 1));
        if reach != breadth || reach % 2 == 0 || !framed || !undilated || bias.floats.len() != outputs {
            return Err(ModelError::Operator);
        }
        let window = Window { side: reach, stride };
        let out = Size { channels: outputs, ..window.over(size) };
        if groups == 1 && inputs == size.channels {
            let matrix = Matrix::new(outputs, inputs * reach * reach, &weights.floats, &bias.floats);
            let pointwise = reach == 1 && stride == 1;
            return Ok((if pointwise { Work::Mix(matrix) } else { Work::Convolve(window, matrix) }, out));
        }
        let alone = usize::try_from(groups) == Ok(size.channels) && outputs == size.channels && inputs == 1;
        if !alone || !matches!(reach, 3 | 5) {
            return Err(ModelError::Operator);
        }
        Ok((Work::Depthwise { window, weights: weights.floats.clone(), bias: bias.floats.clone() }, out))
    }

    fn gemm(&self, node: &Node, size: Size) -> Result<(Work, Size), ModelError> {
        let (weights, bias) = (self.constant(node, 1)?, self.constant(node, 2)?);
        let &[outputs, inputs] = weights.shape.as_slice() else { return Err(ModelError::Malformed) };
        if node.integer("transB", 0) != 1 || inputs != size.len() || bias.floats.len() != outputs {
            return Err(ModelError::Operator);
        }
        let matrix = Matrix::new(outputs, inputs, &weights.floats, &bias.floats);
        Ok((Work::Mix(matrix), Size { channels: outputs, height: 1, width: 1 }))
    }

    /// Nearest pixels, twice as many both ways.
    fn doubling(&self, node: &Node) -> Result<Work, ModelError> {
        let nearest = node.word("mode") == Some(b"nearest") && node.word("nearest_mode") == Some(b"floor");
        let asymmetric = node.word("coordinate_transformation_mode") == Some(b"asymmetric");
        let doubles = self.constant(node, 2)?.floats == [1.0, 1.0, 2.0, 2.0];
        if nearest && asymmetric && doubles { Ok(Work::Double) } else { Err(ModelError::Operator) }
    }

    /// Some of the channels; nothing is computed.
    fn slice(&mut self, node: &Node) -> Result<(), ModelError> {
        let part = self.part(&node.inputs[0])?;
        let number = |at: usize| match self.constant(node, at)?.integers.as_slice() {
            &[number] => Ok(number),
            _ => Err(ModelError::Operator),
        };
        let (from, to, axis) = (number(1)?, number(2)?, number(3)?);
        let channels = part.to - part.from;
        let from = usize::try_from(from).map_err(|_| ModelError::Operator)?;
        let to = usize::try_from(to).map_or(channels, |to| to.min(channels));
        if axis != 1 || from >= to || (node.inputs.len() > 4 && number(4)? != 1) {
            return Err(ModelError::Operator);
        }
        let slice = Part { place: part.place, from: part.from + from, to: part.from + to };
        self.places.insert(node.output.clone(), slice);
        Ok(())
    }

    /// A new value under this name.
    fn place(&mut self, name: &str, size: Size) -> Part {
        let part = Part { place: self.sizes.len(), from: 0, to: size.channels };
        self.sizes.push(size);
        self.places.insert(name.to_owned(), part);
        part
    }

    fn part(&self, name: &str) -> Result<Part, ModelError> {
        self.places.get(name).copied().ok_or(ModelError::Malformed)
    }

    /// Where a whole value lies that a node takes.
    fn whole(&self, node: &Node, input: usize) -> Result<usize, ModelError> {
        let part = self.part(node.inputs.get(input).ok_or(ModelError::Malformed)?)?;
        let whole = part.from == 0 && part.to == self.sizes[part.place].channels;
        if whole { Ok(part.place) } else { Err(ModelError::Operator) }
    }

    fn constant(&self, node: &Node, input: usize) -> Result<&Constant, ModelError> {
        let name = node.inputs.get(input).ok_or(ModelError::Operator)?;
        self.graph.constants.get(name).ok_or(ModelError::Operator)
    }
}
