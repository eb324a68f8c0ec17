using System.Buffers.Binary;
using System.Text;
using Syrinx.Inference;
using Syrinx.Models;
using Syrinx.Tests.Inference;

namespace Syrinx.Tests.Models;

/// <summary>Model files that lie: each is refused with the file's and the tensor's or field's name.</summary>
public class HostileModelTests
{
    [Fact]
    public void Several_safetensors_files_are_one_model()
    {
        using var folder = new TemporaryFolder();
        var config = RandomModel.Config("Qwen3ForCausalLM");
        RandomModel.Write(folder["m"], config);
        var tokens = RandomModel.Tokens(10, config.VocabSize);
        float[] expected = Forward(folder["m"], tokens);
        Shard(folder["m"]);
        Assert.Equal(expected, Forward(folder["m"], tokens));
        Assert.Equal(["m"], ModelDirectory.List(Home(folder)));
    }

    [Fact]
    public void Shards_that_do_not_fit_their_index_are_refused()
    {
        using var folder = new TemporaryFolder();
        RandomModel.Write(folder["m"], RandomModel.Config("Qwen3ForCausalLM"));
        Shard(folder["m"]);
        string index = folder["m"] + "/model.safetensors.index.json", good = File.ReadAllText(index);
        string Error(string json)
        {
            File.WriteAllText(index, json);
            return Assert.Throws<InputException>(() => LanguageModel.Load(folder["m"])).Message;
        }
        Assert.Contains("model-00003.safetensors is missing", Error(good.Replace("\"model.norm.weight\":\"model-00002", "\"model.norm.weight\":\"model-00003")));
        Assert.Contains("lacks tensor model.norm.weight", Error(good.Replace("\"model.norm.weight\":\"model-00002", "\"model.norm.weight\":\"model-00001")));
        Assert.Contains("no name of a file beside it", Error(good.Replace("model-00002", "../m/model-00002")));
        Assert.Contains("no name of a file beside it", Error(good.Replace("model-00002.safetensors", "..")));
        Assert.Contains("tensor model.norm.weight is not where", Error(good.Replace("\"model.norm.weight\":\"model-00002.safetensors\",", "")));
        Assert.Contains("weight_map", Error("{}"));
        Assert.Contains("weight_map", Error("[1]"));
        Assert.Contains("weight_map", Error(good[..40]));
        Assert.Contains("weight_map", Error("""{"weight_map":{"a":1}}"""));
        File.WriteAllText(index, good);
        File.Delete(folder["m"] + "/model-00001.safetensors");
        Assert.Contains("model-00001.safetensors is missing", Assert.Throws<InputException>(() => LanguageModel.Load(folder["m"])).Message);
    }

    [Fact]
    public void A_GGUF_file_that_lies_about_a_tensor_is_refused_by_its_name()
    {
        using var folder = new TemporaryFolder();
        byte[] good = Model(folder, "LlamaForCausalLM");
        const string Name = "blk.1.ffn_up.weight";
        Assert.Contains("tensor model.layers.1.mlp.up_proj.weight is missing", Error(folder, Change(good, Name, (b, at) => b[at - 1] = (byte)'x'))); // another name
        Assert.Contains($"tensor {Name} claims bytes", Error(folder, Change(good, Name, (b, at) => Write(b, at + 24, good.Length / 32 * 32 - 32))));
        Assert.Contains("more than the file's", Error(folder, Change(good, Name, (b, at) => Write(b, at + 24, 1L << 50))));
        Assert.Contains("more than the file's", Error(folder, Change(good, Name, (b, at) => Write(b, at + 24, -32))));
        Assert.Contains($"tensor {Name} begins at byte", Error(folder, Change(good, Name, (b, at) => Write(b, at + 24, 33))));
        Assert.Contains("overlaps another", Error(folder, Change(good, Name, (b, at) => Write(b, at + 24, 0))));
        Assert.Contains($"tensor {Name} is of type Q4_K", Error(folder, Change(good, Name, (b, at) => b[at + 20] = 12)));
        Assert.Contains($"tensor {Name} is of type 200", Error(folder, Change(good, Name, (b, at) => b[at + 20] = 200)));
        Assert.Contains("has shape [96, 32]", Error(folder, Change(good, Name, (b, at) => Write(b, at + 4, 32))));
        Assert.Contains("more than the file's", Error(folder, Change(good, Name, (b, at) => Write(b, at + 4, long.MaxValue))));
        Assert.Contains("too large", Error(folder, Change(good, Name, (b, at) => (Write(b, at + 4, 1 << 20), Write(b, at + 12, 1 << 20)).ToString())));
        Assert.Contains("has 1000 sizes", Error(folder, Change(good, Name, (b, at) => BinaryPrimitives.WriteInt32LittleEndian(b.AsSpan(at), 1000))));
        Assert.Contains("is listed twice", Error(folder, Change(good, "blk.1.ffn_up.weight", (b, at) => b[at - 15] = (byte)'0')));
    }

    [Theory]
    [InlineData("general.architecture", "lmao1", "'lmao1'")]
    [InlineData("llama.block_count", null, "'llama.block_count' is missing")]
    [InlineData("llama.attention.layer_norm_rms_epsilon", null, "layer_norm_rms_epsilon is missing")]
    public void Metadata_that_lack_something_are_refused_by_key(string key, string? value, string expected)
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = Model(folder, "LlamaForCausalLM");
        int at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(key));
        if (value is null)
            bytes[at + key.Length - 1] = (byte)'!';
        else
            Encoding.UTF8.GetBytes(value).CopyTo(bytes, at + key.Length + 12);
        Assert.Contains(expected, Error(folder, bytes));
    }

    [Theory]
    [InlineData("llama.embedding_length", 0, "at least 1")]
    [InlineData("llama.attention.head_count", 3, "must be a multiple")]
    [InlineData("llama.attention.key_length", 8, "attention.value_length")]
    [InlineData("llama.rope.dimension_count", 8, "rope.dimension_count")]
    [InlineData("llama.block_count", 2, "is not one that a LlamaForCausalLM has")]
    [InlineData("llama.block_count", 4, "blk")]
    [InlineData("llama.feed_forward_length", 128, "its metadata asks for [128, 64]")]
    [InlineData("tokenizer.ggml.eos_token_id", 5000, "there are only")]
    public void Numbers_that_do_not_fit_each_other_are_refused(string key, int value, string expected)
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = Model(folder, "LlamaForCausalLM");
        int at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(key));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at + key.Length + 4), value);
        string error = Error(folder, bytes);
        Assert.True(error.Contains(expected) || (expected == "blk" && error.Contains("model.layers.3")), error);
    }

    [Fact]
    public void A_GGUF_file_cut_short_or_with_any_byte_of_its_head_changed_is_read_or_refused_but_never_breaks_the_process()
    {
        using var folder = new TemporaryFolder();
        byte[] good = Model(folder, "Qwen3ForCausalLM");
        int head = good.AsSpan().IndexOf("blk.2.ffn_up.weight"u8) + 60;
        for (int i = 0; i < 250; i++)
        {
            Load(folder, good[..(i < 200 ? i * head / 200 : head + (i - 200) * (good.Length - head) / 50)], mustFail: true);
            byte[] bytes = [.. good];
            bytes[(i * 7919) % head] ^= (byte)(1 << (i % 8));
            Load(folder, bytes, mustFail: false);
        }
        // the tensors' table, byte by byte
        for (int at = good.AsSpan().IndexOf("token_embd.weight"u8); at < head; at += 3)
        {
            byte[] bytes = [.. good];
            bytes[at] = (byte)(bytes[at] + 1 + at % 250);
            Load(folder, bytes, mustFail: false);
        }
    }

    private static void Load(TemporaryFolder folder, byte[] bytes, bool mustFail)
    {
        File.WriteAllBytes(folder["x.gguf"], bytes);
        try
        {
            using var model = LanguageModel.Load(folder["x.gguf"], new() { Threads = 1 });
            model.Forward([1]);
            Assert.False(mustFail, "a file that is cut short was read");
        }
        catch (InputException e)
        {
            Assert.Contains("x.gguf", e.Message);
        }
    }

    private static string Error(TemporaryFolder folder, byte[] bytes)
    {
        File.WriteAllBytes(folder["x.gguf"], bytes);
        string message = Assert.Throws<InputException>(() => LanguageModel.Load(folder["x.gguf"]).Dispose()).Message;
        Assert.Contains("x.gguf", message);
        return message;
    }

    private static byte[] Model(TemporaryFolder folder, string architecture)
    {
        RandomModel.Write(folder["m"], RandomModel.Blocks(architecture, tied: false));
        using var model = ModelFiles.Open(folder["m"]);
        ModelExport.WriteGguf(model, TensorType.Float32, folder["good.gguf"]);
        return File.ReadAllBytes(folder["good.gguf"]);
    }

    /// <summary>Changes a tensor's entry: <paramref name="change"/> gets the place after its name.</summary>
    private static byte[] Change(byte[] good, string name, Action<byte[], int> change)
    {
        byte[] bytes = [.. good];
        change(bytes, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) + name.Length);
        return bytes;
    }

    private static long Write(byte[] bytes, int at, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), value);
        return value;
    }

    private static float[] Forward(string path, int[] tokens)
    {
        using var model = LanguageModel.Load(path, new() { Threads = 1 });
        return model.Forward(tokens);
    }

    /// <summary>Splits a model's weights in two files with an index.</summary>
    private static void Shard(string path)
    {
        var names = new List<(string Name, int Shard)>();
        using (var file = Safetensors.Open(path + "/model.safetensors"))
        {
            names.AddRange(file.Tensors.Keys.Select(n => (n, n == "model.norm.weight" || n.Contains("layers.2") ? 2 : 1)));
            foreach (int shard in (int[])[1, 2])
            {
                SafetensorsWriter.Write($"{path}/model-0000{shard}.safetensors",
                    [.. names.Where(n => n.Shard == shard).Select(n => TensorSource.Float32(n.Name, file.Tensors[n.Name].Shape, file.ReadFloats(n.Name)))]);
            }
        }
        File.Delete(path + "/model.safetensors");
        File.WriteAllText(path + "/model.safetensors.index.json",
            "{\"metadata\":{},\"weight_map\":{" + string.Join(',', names.OrderByDescending(n => n.Shard).ThenBy(n => n.Name, StringComparer.Ordinal)
                .Select(n => $"\"{n.Name}\":\"model-0000{n.Shard}.safetensors\"")) + "}}");
    }

    private static HomeFolder Home(TemporaryFolder folder)
    {
        Directory.CreateDirectory(folder["home"]);
        Directory.CreateSymbolicLink(folder["home"] + "/models", folder.Path);
        return new(folder["home"]);
    }
}
