using System.Text.Json;
using System.Text.Json.Nodes;
using Syrinx.Inference;
using Syrinx.Models;
using Syrinx.Tests.Inference;
using Syrinx.Tests.Tokens;
using Syrinx.Tokens;

namespace Syrinx.Tests.Models;

public class ModelExportTests
{
    public static TheoryData<string, bool> Architectures => new()
    {
        { "Qwen3ForCausalLM", true }, { "Qwen2ForCausalLM", true }, { "LlamaForCausalLM", false }, { "MistralForCausalLM", false }, { "LlamaForCausalLM", true },
    };

    [Theory]
    [MemberData(nameof(Architectures))]
    public void A_model_as_GGUF_in_f32_gives_the_same_bits_and_the_same_text(string architecture, bool tied)
    {
        using var folder = new TemporaryFolder();
        var config = RandomModel.Blocks(architecture, tied);
        RandomModel.Write(folder["m"], config);
        string gguf = Export(folder, folder["m"], TensorType.Float32);
        using var original = LanguageModel.Load(folder["m"], new() { Threads = 1 });
        using var model = LanguageModel.Load(gguf, new() { Threads = 2 });
        var tokens = RandomModel.Tokens(40, config.VocabSize);
        Assert.Equal(original.Forward(tokens), model.Forward(tokens));
        var options = new SamplingOptions { Temperature = 0, MaxTokens = 60, IgnoreEnd = true };
        Assert.Equal(
            new TextGeneration(original, TextGeneration.Prompt(original, "hello"), options).RunToEnd(),
            new TextGeneration(model, TextGeneration.Prompt(model, "hello"), options).RunToEnd());
        Assert.Equal(original.EndTokens, model.EndTokens);
        Assert.Equal(original.ContextLength, model.ContextLength);
        Assert.Equal(original.Config.Parameters, model.Config.Parameters);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Every_type_is_computed_with_as_what_it_stands_for(string architecture, bool tied)
    {
        using var folder = new TemporaryFolder();
        var config = RandomModel.Blocks(architecture, tied);
        RandomModel.Write(folder["m"], config);
        var tokens = RandomModel.Tokens(20, config.VocabSize);
        using var exact = LanguageModel.Load(folder["m"], new() { Threads = 1 });
        float[] expected = exact.Forward(tokens);
        double before = 0;
        foreach (var type in (TensorType[])[TensorType.Float16, TensorType.BFloat16, TensorType.Q8, TensorType.Q4])
        {
            string gguf = Export(folder, folder["m"], type);
            using var packed = LanguageModel.Load(gguf, new() { Threads = 2 });
            using (var source = ModelFiles.Open(gguf))
                ModelExport.WriteHuggingFace(source, TensorType.Float32, folder["back"]);
            using var back = LanguageModel.Load(folder["back"], new() { Threads = 1 });
            float[] logits = packed.Forward(tokens);
            // blocks are multiplied with activations of 8 bits, as llama.cpp does
            float[] asFloats = back.Forward(tokens);
            Assert.InRange(logits.Zip(asFloats).Max(p => Math.Abs(p.First - p.Second)), 0, type.BlockLength() > 1 ? 0.06 * asFloats.Max(Math.Abs) : 0);
            double difference = logits.Zip(expected).Max(p => Math.Abs(p.First - p.Second)) / expected.Max(Math.Abs);
            Assert.InRange(difference, before, 0.8); // each type is coarser than the one before it
            before = difference / 2;
        }
    }

    [Fact]
    public void Rows_of_Q_and_K_lie_in_the_file_as_architecture_llama_wants_them()
    {
        using var folder = new TemporaryFolder();
        var config = RandomModel.Blocks("LlamaForCausalLM", false);
        var weights = RandomModel.Write(folder["m"], config);
        string gguf = Export(folder, folder["m"], TensorType.Float32);
        byte[] file = File.ReadAllBytes(gguf);
        int w = config.HeadSize, d = config.HiddenSize;
        foreach (var (name, inFile, heads) in new[] { ("q_proj", "attn_q", config.NumAttentionHeads), ("k_proj", "attn_k", config.NumKeyValueHeads) })
        {
            float[] expected = weights[$"model.layers.1.self_attn.{name}.weight"];
            var tensor = Gguf.Open(gguf).Tensors.Single(t => t.Name == $"blk.1.{inFile}.weight");
            for (int h = 0; h < heads; h++)
            {
                for (int i = 0; i < w / 2; i++)
                {
                    // number i of the first half and number i of the second become neighbours
                    Assert.Equal(expected[(h * w + i) * d], BitConverter.ToSingle(file, (int)tensor.Offset + (h * w + 2 * i) * d * 4));
                    Assert.Equal(expected[(h * w + i + w / 2) * d], BitConverter.ToSingle(file, (int)tensor.Offset + (h * w + 2 * i + 1) * d * 4));
                }
            }
        }
    }

    [Fact]
    public void Matrices_whose_rows_are_no_whole_blocks_become_f16_and_vectors_stay_f32()
    {
        using var folder = new TemporaryFolder();
        RandomModel.Write(folder["m"], RandomModel.Config("LlamaForCausalLM", false)); // 48 wide
        using var tensors = GgufTensors.Open(Export(folder, folder["m"], TensorType.Q4));
        Assert.Equal(TensorType.Float16, tensors.Tensors["model.layers.0.self_attn.q_proj.weight"].Type);
        Assert.Equal(TensorType.Float32, tensors.Tensors["model.norm.weight"].Type);
    }

    [Fact]
    public void A_stretched_rotary_embedding_survives_the_way_through_GGUF()
    {
        using var folder = new TemporaryFolder();
        var config = RandomModel.Blocks("LlamaForCausalLM", false) with
        {
            RopeScaling = JsonSerializer.SerializeToElement(new { rope_type = "llama3", factor = 4.0, low_freq_factor = 1.0, high_freq_factor = 4.0, original_max_position_embeddings = 100 }),
        };
        RandomModel.Write(folder["m"], config);
        var tokens = RandomModel.Tokens(150, config.VocabSize);
        using var original = LanguageModel.Load(folder["m"], new() { Threads = 1 });
        using var model = LanguageModel.Load(Export(folder, folder["m"], TensorType.Float32), new() { Threads = 1 });
        Assert.Equal(original.Forward(tokens), model.Forward(tokens));
        Assert.Equal(new RotaryScaling("llama3", 4, 1, 4, 100), model.Config.RotaryScaling);
        (config with { RopeScaling = null }).Write(folder["m"] + "/config.json");
        using var plain = LanguageModel.Load(folder["m"], new() { Threads = 1 });
        Assert.NotEqual(plain.Forward(tokens), model.Forward(tokens));
    }

    [Fact]
    public void Tokenizer_template_ends_and_record_go_into_the_file_and_out_of_it_again()
    {
        using var folder = new TemporaryFolder();
        var config = RandomModel.Blocks("Qwen3ForCausalLM", true) with { VocabSize = 320 }; // more rows than tokens
        RandomModel.Write(folder["m"], config);
        new ModelRecord { Name = "town", Data = new() { Corpora = ["c1"], Policy = "strict" } }.Write(folder["m"] + "/syrinx.json");
        string gguf = Export(folder, folder["m"], TensorType.Q8);
        using (var model = ModelFiles.Open(gguf))
        {
            Assert.Equal(ChatTemplate.Jinja, model.ChatTemplate);
            Assert.Equal("town", model.Record!.Name);
            Assert.Equal(["c1"], DataLineage.OfModel(gguf).Corpora);
            Assert.Null(model.BeginToken);
            ModelExport.WriteHuggingFace(model, TensorType.BFloat16, folder["back"]);
        }
        var tokenizer = BpeTokenizer.Load(folder["m"] + "/tokenizer.json");
        using var back = ModelFiles.Open(folder["back"]);
        foreach (string text in Languages.Sentences.Concat(Languages.Traps))
        {
            Assert.Equal(tokenizer.Encode(text), ModelFiles.ReadTokenizer(gguf).Encode(text));
            Assert.Equal(tokenizer.Encode(text), back.Tokenizer!.Encode(text));
        }
        Assert.Equal(ChatTemplate.Jinja, back.ChatTemplate);
        Assert.Equal("bfloat16", (string)JsonNode.Parse(File.ReadAllText(folder["back"] + "/config.json"))!["torch_dtype"]!);
        Assert.Equal(TensorType.BFloat16, back.Weights.Tensors["model.norm.weight"].Type);
        Assert.Equal(ModelFiles.ReadRecord(folder["m"])!.Data!.Policy, back.Record!.Data!.Policy);
    }

    [Fact]
    public void SentencePiece_and_the_token_that_begins_texts_survive_the_way_through_GGUF()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["tokenizer.model"], SentencePieceFile.Write(SentencePieceFile.Pieces()));
        var tokenizer = BpeTokenizer.Load(folder["tokenizer.model"]);
        RandomModel.Write(folder["m"], RandomModel.Blocks("MistralForCausalLM", false) with { VocabSize = tokenizer.VocabSize, BosTokenId = 1, EosTokenId = 2 }, tokenizer: tokenizer);
        folder.Write("m/tokenizer_config.json", """{"add_bos_token": true, "bos_token": "<s>"}""");
        using var model = ModelFiles.Open(Export(folder, folder["m"], TensorType.Float16));
        Assert.Equal(1, model.BeginToken);
        Assert.Equal("llama", ((GgufTensors)model.Weights).Metadata.Required<string>("tokenizer.ggml.model"));
        ModelExport.WriteHuggingFace(model, TensorType.Float16, folder["back"]);
        using var back = ModelFiles.Open(folder["back"]);
        Assert.Equal(1, back.BeginToken);
        foreach (string text in Languages.Sentences.Concat(Languages.Traps))
        {
            Assert.Equal(tokenizer.Encode(text), model.Tokenizer!.Encode(text));
            Assert.Equal(tokenizer.Encode(text), back.Tokenizer!.Encode(text));
        }
    }

    [Fact]
    public void Fields_and_files_that_we_do_not_know_stay_in_a_Hugging_Face_folder()
    {
        using var folder = new TemporaryFolder();
        RandomModel.Write(folder["m"], RandomModel.Blocks("LlamaForCausalLM", false));
        var fields = JsonNode.Parse(File.ReadAllText(folder["m"] + "/config.json"))!;
        (fields["attention_dropout"], fields["dtype"]) = (0.0, "float32");
        folder.Write("m/config.json", fields.ToJsonString());
        folder.Write("m/special_tokens_map.json", "{}");
        using (var model = ModelFiles.Open(folder["m"]))
            ModelExport.WriteHuggingFace(model, TensorType.Float16, folder["half"]);
        var written = JsonNode.Parse(File.ReadAllText(folder["half"] + "/config.json"))!.AsObject();
        Assert.Equal(("float16", 0.0, false), ((string)written["torch_dtype"]!, (double)written["attention_dropout"]!, written.ContainsKey("dtype")));
        foreach (string name in (string[])["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "generation_config.json"])
            Assert.Equal(File.ReadAllBytes($"{folder["m"]}/{name}"), File.ReadAllBytes($"{folder["half"]}/{name}"));
    }

    [Fact]
    public void What_cannot_be_exported_is_refused_with_what_can()
    {
        using var folder = new TemporaryFolder();
        var config = RandomModel.Blocks("LlamaForCausalLM", false);
        RandomModel.Write(folder["m"], config);
        using var model = ModelFiles.Open(folder["m"]);
        string Error(Action act) => Assert.Throws<InputException>(act).Message;
        Assert.Contains("f32, f16 and bf16", Error(() => ModelExport.WriteHuggingFace(model, TensorType.Q8, folder["x"])));
        Assert.Contains("is the model itself", Error(() => ModelExport.WriteHuggingFace(model, TensorType.Float32, folder["m"])));
        Assert.Contains("is a folder", Error(() => ModelExport.WriteGguf(model, TensorType.Float32, folder["m"])));
        var strange = new BpeTokenizer(TestTokenizer.Create().Vocabulary with { Patterns = [@"\w+|\W+"] });
        RandomModel.Write(folder["strange"], config, tokenizer: strange);
        using var other = ModelFiles.Open(folder["strange"]);
        Assert.Contains("qwen2, llama-bpe, gpt-2, gpt-4o", Error(() => ModelExport.WriteGguf(other, TensorType.Float32, folder["x.gguf"])));
        Assert.False(File.Exists(folder["x.gguf"]));

        RandomModel.Write(folder["big"], config, change: (name, values) => values[0] = name == "lm_head.weight" ? 1e6f : values[0]);
        using var big = ModelFiles.Open(folder["big"]);
        Assert.Contains("lm_head.weight has the number 1000000", Error(() => ModelExport.WriteGguf(big, TensorType.Float16, folder["x.gguf"])));
        ModelExport.WriteGguf(big, TensorType.BFloat16, folder["x.gguf"]);
    }

    private static string Export(TemporaryFolder folder, string model, TensorType type)
    {
        string path = folder[$"m-{type}.gguf"];
        using var files = ModelFiles.Open(model);
        Assert.Equal(ModelExport.WriteGguf(files, type, path), new FileInfo(path).Length);
        return path;
    }
}
