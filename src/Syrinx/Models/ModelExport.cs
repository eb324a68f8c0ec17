using System.Text.Json;
using System.Text.Json.Nodes;
using Syrinx.Tokens;

namespace Syrinx.Models;

/// <summary>Writes a model in another format or with numbers of another type.</summary>
public static class ModelExport
{
    /// <summary>Writes a folder in Hugging Face layout, with one safetensors file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="type">Type of the numbers: f32, f16 or bf16.</param>
    /// <param name="path">The folder; created. What it holds under these names is replaced.</param>
    /// <param name="progress">Told of the bytes written.</param>
    /// <param name="cancel">Stops it; the folder is then without <c>config.json</c>.</param>
    /// <returns>Bytes of all files written.</returns>
    /// <exception cref="InputException">The type is quantized, a number does not fit into it, or the folder cannot be written.</exception>
    public static long WriteHuggingFace(
        ModelFiles model, TensorType type, string path, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        if (type.BlockLength() > 1)
            throw new InputException($"safetensors has no {type.QuantName()}: export --format hf takes f32, f16 and bf16; --format gguf takes {type.QuantName()}, too.");
        var target = new ModelDirectory(System.IO.Path.GetFullPath(path));
        if (!ModelFiles.IsGguf(model.Path) && System.IO.Path.GetFullPath(model.Path).TrimEnd('/') == target.Path.TrimEnd('/'))
            throw new InputException($"{path} is the model itself: give another folder with --out.");
        if (File.Exists(target.Path))
            throw new InputException($"{path} is a file, but a model in Hugging Face layout is a folder.");
        if (File.Exists(target.ConfigPath))
            File.Delete(target.ConfigPath); // a folder without it is an unfinished model
        var meter = new Meter(progress, cancel);
        var names = model.Weights.Tensors.Keys.Where(n => n != GgufTensors.RotaryFactors).ToList();
        SafetensorsWriter.Write(target.WeightsPath, [.. InOrder(names).Select(n => Converted(model.Weights, n, n, type, meter))]);
        if (File.Exists(target.WeightsIndexPath))
            File.Delete(target.WeightsIndexPath);
        foreach (string name in ModelDirectory.TokenizerFiles)
            File.Delete(System.IO.Path.Combine(target.Path, name)); // what another model left there would pass for this one's
        target.TakeTokenizer(model.Path);
        if (model.Record is { } record)
            record.Write(target.RecordPath);
        WriteConfig(model, type, target);
        return ModelDirectory.TokenizerFiles.Concat(["config.json", "syrinx.json", "model.safetensors"])
            .Select(n => new FileInfo(System.IO.Path.Combine(target.Path, n))).Where(f => f.Exists).Sum(f => f.Length);
    }

    /// <summary>Writes a GGUF file that llama.cpp runs.</summary>
    /// <param name="model">The model, with a tokenizer.</param>
    /// <param name="type">
    /// Type of the matrices. Vectors stay f32, and matrices whose rows are no whole blocks of a quantized type become f16, as
    /// llama.cpp has it.
    /// </param>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told of the bytes written.</param>
    /// <param name="cancel">Stops it; the file is then as it was before.</param>
    /// <returns>Bytes of the file.</returns>
    /// <exception cref="InputException">
    /// llama.cpp could not run the model as it is, a number does not fit into the type, or the file cannot be written.
    /// </exception>
    public static long WriteGguf(
        ModelFiles model, TensorType type, string path, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        if (Directory.Exists(path))
            throw new InputException($"{path} is a folder, but a GGUF model is a file: give its name with --out, such as {System.IO.Path.Combine(path, "model.gguf")}.");
        if (ModelFiles.IsGguf(model.Path) && System.IO.Path.GetFullPath(model.Path) == System.IO.Path.GetFullPath(path))
            throw new InputException($"{path} is the model itself: give another file with --out.");
        var config = model.Config;
        var tokenizer = model.Tokenizer ?? throw new InputException($"{model.TokenizerPath} is not there, but a GGUF file holds the tokenizer.");
        var meter = new Meter(progress, cancel);
        var tensors = new List<TensorSource>();
        if (GgufConfig.RotaryFactors(config) is { } factors)
            tensors.Add(TensorSource.Float32(GgufTensors.RotaryFactors, [factors.Length], factors));
        int? rotated = GgufConfig.Architecture(config) == "llama" ? config.HeadSize : null;
        foreach (string name in InOrder(model.Weights.Tensors.Keys))
        {
            // tied models of some writers hold the head, too, and readers skip the frequencies that they compute themselves
            if (name == GgufTensors.RotaryFactors || (config.TieWordEmbeddings && name == "lm_head.weight")
                || name.EndsWith("rotary_emb.inv_freq", StringComparison.Ordinal))
                continue;
            string gguf = GgufTensors.GgufName(name) ?? throw new InputException($"{model.Weights.Path}: tensor {name} has no name in GGUF.");
            tensors.Add(Converted(model.Weights, name, gguf, type, meter, GgufTensors.IsRotated(name) ? rotated : null));
        }
        GgufWriter.Write(path, Metadata(model, tokenizer, type), tensors);
        return new FileInfo(path).Length;
    }

    private static List<(string, object)> Metadata(ModelFiles model, BpeTokenizer tokenizer, TensorType type)
    {
        var config = model.Config;
        int? end = tokenizer.TokenId(BpeTokenizer.EndOfText);
        var entries = new List<(string, object)>
        {
            ("general.architecture", GgufConfig.Architecture(config)),
            ("general.type", "model"),
            ("general.name", model.Record?.Name ?? System.IO.Path.GetFileNameWithoutExtension(model.Path.TrimEnd('/'))),
            // llama_ftype of llama.h
            ("general.file_type", type switch { TensorType.Float32 => 0u, TensorType.Float16 => 1u, TensorType.Q4 => 2u, TensorType.Q8 => 7u, _ => 32u }),
            ("general.quantization_version", 2u),
            ("general.alignment", 32u),
        };
        entries.AddRange(GgufConfig.Write(config));
        entries.AddRange(GgufTokenizerWriter.Write(tokenizer, config.VocabSize));
        void Token(string kind, int? id)
        {
            if (id is { } number)
                entries.Add(($"{GgufTokenizer.Prefix}{kind}_token_id", (uint)number));
        }
        Token("bos", model.BeginToken ?? config.BosTokenId ?? end);
        Token("eos", config.EosTokenId ?? (model.EndTokens.Count > 0 ? model.EndTokens.Min() : end));
        // the others that end a text: llama.cpp has places for two more
        var others = model.EndTokens.Where(t => t != config.EosTokenId).Order().ToList();
        Token("eot", tokenizer.TokenId(BpeTokenizer.MessageEnd) ?? (others.Count > 0 ? others[0] : null));
        Token("padding", end);
        entries.Add((GgufTokenizer.Prefix + "add_bos_token", model.BeginToken is not null));
        if (model.ChatTemplate is { } template)
            entries.Add(("tokenizer.chat_template", template));
        if (model.Record is { } record)
            entries.Add((GgufModel.RecordKey, JsonSerializer.Serialize(record, ModelConfig.Json)));
        return entries;
    }

    /// <summary>A tensor of another file, converted while it is written.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="newName">Its new name.</param>
    /// <param name="type">Type of matrices.</param>
    /// <param name="meter">Counts the bytes.</param>
    /// <param name="headSize">Width of the heads whose rows get architecture llama's order, or null.</param>
    private static TensorSource Converted(TensorFile file, string name, string newName, TensorType type, Meter meter, int? headSize = null)
    {
        var tensor = file.Tensors[name];
        bool vector = tensor.Shape.Count < 2, gguf = name != newName;
        long rows = vector && headSize is null ? 1 : tensor.Shape[0], inner = rows == 0 ? 0 : tensor.Count / rows;
        var target = gguf && vector ? TensorType.Float32
            : inner % type.BlockLength() != 0 ? TensorType.Float16
            : type;
        return new(newName, target, tensor.Shape, stream =>
        {
            var numbers = new float[inner];
            var bytes = new byte[target.ByteLength(inner)];
            for (long r = 0; r < rows; r++)
            {
                long row = headSize is { } size ? HuggingFaceRow(r, size) : r;
                if (target == tensor.Type)
                    stream.Write(file.Bytes(tensor, row * inner, numbers.Length)); // as they are, to the bit
                else
                {
                    file.Read(tensor, row * inner, numbers);
                    Pack(numbers, target, bytes, name);
                    stream.Write(bytes);
                }
                meter.Add(bytes.Length);
            }
        });
    }

    private static void Pack(ReadOnlySpan<float> numbers, TensorType type, Span<byte> bytes, string name)
    {
        switch (type)
        {
            case TensorType.Float32:
                System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers).CopyTo(bytes);
                return;
            case TensorType.BFloat16:
                ShortFloats.ToBFloat16(numbers, bytes);
                return;
        }
        // scales are half precision, too: a number beyond its range would become infinite, one that is none would spoil its block
        float most = type switch { TensorType.Q8 => 127, TensorType.Q4 => 8, _ => 1 } * (float)Half.MaxValue;
        foreach (float number in numbers)
        {
            if (!(MathF.Abs(number) <= most))
                throw new InputException($"Tensor {name} has the number {number}, which {type.QuantName()} cannot hold: export with --quant f32 or bf16.");
        }
        if (type == TensorType.Q8)
            QuantizedBlocks.PackQ8(numbers, bytes);
        else if (type == TensorType.Q4)
            QuantizedBlocks.PackQ4(numbers, bytes);
        else
            ShortFloats.ToHalf(numbers, bytes);
    }

    // the inverse of GgufTensors.RowInFile
    private static long HuggingFaceRow(long row, int headSize)
    {
        long inHead = row % headSize;
        return row - inHead + (inHead % 2 * (headSize / 2)) + (inHead / 2);
    }

    private static void WriteConfig(ModelFiles model, TensorType type, ModelDirectory target)
    {
        string dtype = type switch { TensorType.Float16 => "float16", TensorType.BFloat16 => "bfloat16", _ => "float32" };
        if (ModelFiles.IsGguf(model.Path))
        {
            (model.Config with { TorchDtype = dtype }).Write(target.ConfigPath);
            return;
        }
        // fields that we do not know stay
        var fields = (JsonObject)JsonNode.Parse(File.ReadAllText(new ModelDirectory(model.Path).ConfigPath))!;
        fields.Remove("dtype"); // newer files' name for the same
        fields["torch_dtype"] = dtype;
        AtomicFile.WriteText(target.ConfigPath, fields.ToJsonString(ModelConfig.Json) + "\n");
    }

    /// <summary>Embedding, layers by number, last norm, head: the order of the forward pass.</summary>
    private static IEnumerable<string> InOrder(IEnumerable<string> names) => names.OrderBy(n => n switch
    {
        "model.embed_tokens.weight" => -1,
        "model.norm.weight" => int.MaxValue - 1,
        "lm_head.weight" => int.MaxValue,
        _ => n.Split('.') is ["model", "layers", var layer, ..] && int.TryParse(layer, out int l) ? l : int.MaxValue - 2,
    }).ThenBy(n => n, StringComparer.Ordinal);

    private sealed class Meter(IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        private long _bytes;

        public void Add(int bytes)
        {
            cancel.ThrowIfCancellationRequested();
            long before = _bytes >> 22;
            if (((_bytes += bytes) >> 22) != before)
                progress?.Report(new("export", _bytes, null, "bytes"));
        }
    }
}
