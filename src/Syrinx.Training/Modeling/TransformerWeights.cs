using System.Runtime.InteropServices;
using Syrinx.Models;
using Syrinx.Training.Data;
using static TorchSharp.torch;

namespace Syrinx.Training.Modeling;

/// <summary>
/// All weights of one model on one device. Made anew from a seed, or read from a file; written under Hugging Face's names.
/// Not thread-safe while the optimizer works; any number of threads may read between steps.
/// </summary>
internal sealed class TransformerWeights : IDisposable
{
    private readonly Dictionary<string, Parameter> _byName;

    private TransformerWeights(ModelConfig config, IReadOnlyList<Parameter> parameters)
    {
        Config = config;
        All = parameters;
        _byName = parameters.ToDictionary(p => p.Name);
    }

    public ModelConfig Config { get; }

    /// <summary>In the order of the forward pass, which is the order in files.</summary>
    public IReadOnlyList<Parameter> All { get; }

    public Parameter this[string name] => _byName[name];

    /// <summary>The output head: the embedding itself where they are tied.</summary>
    public Parameter Head => _byName[Config.TieWordEmbeddings ? WeightNames.Embedding : WeightNames.Head];

    /// <summary>
    /// Initial weights: normal with the config's standard deviation, as GPT-2 and Llama; the projections that write into
    /// the residual stream smaller by 1/√(2L), as GPT-2 (Radford et al. 2019, section 2.3), norms 1, biases 0.
    /// </summary>
    public static TransformerWeights Initialize(ModelConfig config, ulong seed, Device device, ScalarType compute)
    {
        double residual = config.InitializerRange / Math.Sqrt(2.0 * config.NumHiddenLayers);
        ulong index = 0;
        return Create(config, device, compute, (name, _, values) =>
        {
            index++;
            if (name.EndsWith("bias", StringComparison.Ordinal))
                values.Clear();
            else if (name.Contains("norm", StringComparison.Ordinal))
                values.Fill(1);
            else
            {
                bool writesResidual = name.EndsWith("o_proj.weight", StringComparison.Ordinal) || name.EndsWith("down_proj.weight", StringComparison.Ordinal);
                new CounterRandom(seed, CounterRandom.Stream.Weights + index).FillNormal(values, writesResidual ? residual : config.InitializerRange);
            }
        });
    }

    /// <summary>Reads a model's weights, whatever their type in the file.</summary>
    /// <exception cref="InputException">The file lacks a weight, or one has another shape than the config says.</exception>
    public static TransformerWeights Read(ModelConfig config, TensorFile file, Device device, ScalarType compute) =>
        Create(config, device, compute, (name, shape, values) => file.Read(file.Find(name, shape), values));

    /// <summary>Replaces the weights by those of a file.</summary>
    /// <exception cref="InputException">The file lacks a weight, or one has another shape.</exception>
    public void Overwrite(Safetensors file)
    {
        using var noGrad = no_grad();
        foreach (var parameter in All)
        {
            TensorBytes.CopyFrom(parameter.Master, values => file.Read(file.Find(parameter.Name, parameter.Master.shape), values));
            parameter.Refresh();
        }
    }

    private delegate void Fill(string name, long[] shape, Span<float> values);

    private static TransformerWeights Create(ModelConfig config, Device device, ScalarType compute, Fill fill)
    {
        using var noGrad = no_grad();
        var parameters = new List<Parameter>();
        foreach (var (name, shape) in WeightNames.Of(config))
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            var host = empty(shape, ScalarType.Float32);
            fill(name, shape, MemoryMarshal.Cast<byte, float>(host.bytes));
            parameters.Add(new Parameter(name, host.to(device).DetachFromDisposeScope(), compute));
        }
        return new TransformerWeights(config, parameters);
    }

    /// <summary>The master weights for a file, in fp32 or rounded to bf16; of a process that trains alone.</summary>
    public IReadOnlyList<TensorSource> ToFile(TensorType type) =>
        [.. All.Select(p => TensorBytes.Source(p.Name, p.Master, type))];

    public void Dispose()
    {
        foreach (var parameter in All)
            parameter.Dispose();
    }
}
