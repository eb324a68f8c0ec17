using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Syrinx.Inference;
using Syrinx.Models;
using Syrinx.Tests.Inference;

namespace Syrinx.Tests.Models;

/// <summary>
/// Our GGUF files in llama.cpp and its files here: the same greedy text, the same perplexity. Needs its programs
/// (llama-completion, llama-perplexity, llama-quantize): SYRINX_LLAMA_CPP names the folder that holds them.
/// </summary>
public class LlamaCppTests
{
    private const int Context = 128;

    private static string? Programs => Environment.GetEnvironmentVariable("SYRINX_LLAMA_CPP");

    public static TheoryData<string, bool> Architectures => ModelExportTests.Architectures;

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Text_and_perplexity_are_the_same_in_both(string architecture, bool tied)
    {
        Assert.SkipUnless(Directory.Exists(Programs), "SYRINX_LLAMA_CPP names no folder with llama.cpp's programs.");
        using var folder = new TemporaryFolder();
        // random weights would write bytes that are no text: tokens other than printable ASCII get no logit at all
        RandomModel.Write(folder["m"], RandomModel.Blocks(architecture, tied), change: (name, values) =>
        {
            if (name == (tied ? "model.embed_tokens.weight" : "lm_head.weight"))
            {
                for (int token = 0; token < values.Length / 64; token++)
                {
                    if (token is < 0x20 or > 0x7E)
                        values.AsSpan(token * 64, 64).Clear();
                }
            }
        });
        string text = string.Concat(Enumerable.Range(0, 6000).Select(i => (char)(' ' + (i * i / 7 + i * 31) % 95)));
        folder.Write("text", text);
        using var source = ModelFiles.Open(folder["m"]);
        foreach (var type in (TensorType[])[TensorType.Float32, TensorType.Float16, TensorType.BFloat16, TensorType.Q8, TensorType.Q4])
        {
            string gguf = folder[$"{type}.gguf"];
            ModelExport.WriteGguf(source, type, gguf);
            IsAsThere(folder, gguf, text, comparesText: type == TensorType.Float32);
        }
        foreach (string type in (string[])["Q8_0", "Q4_0", "F16", "BF16"])
        {
            Run("llama-quantize", "--pure", folder["Float32.gguf"], folder["theirs.gguf"], type);
            IsAsThere(folder, folder["theirs.gguf"], text, comparesText: false);
            if (type != "Q4_0") // whose scales are searched here
                HaveTheSameBytes(folder[$"{TensorTypes.OfQuant(type.ToLowerInvariant())}.gguf"], folder["theirs.gguf"]);
        }
    }

    private static void HaveTheSameBytes(string ours, string theirs)
    {
        using var a = GgufTensors.Open(ours);
        using var b = GgufTensors.Open(theirs);
        Assert.Equal(a.Tensors.Keys.Order(), b.Tensors.Keys.Order());
        foreach (var tensor in a.Tensors.Values)
        {
            Assert.Equal(tensor.Type, b.Tensors[tensor.Name].Type);
            Assert.True(a.Bytes(tensor, 0, (int)tensor.Count).SequenceEqual(b.Bytes(b.Tensors[tensor.Name], 0, (int)tensor.Count)), tensor.Name);
        }
    }

    private static void IsAsThere(TemporaryFolder folder, string gguf, string text, bool comparesText)
    {
        using var model = LanguageModel.Load(gguf, new() { Threads = 1 });
        // "[7]123.45,": after seven windows; the program may end before its log is written whole
        var windows = Regex.Matches(Run("llama-perplexity", "-m", gguf, "-f", folder["text"], "-c", $"{Context}", "-b", $"{Context}", "-t", "2"), @"\[([0-9]+)\]([0-9.]+),");
        Assert.True(windows.Count > 2, "llama-perplexity told nothing");
        double theirs = double.Parse(windows[^1].Groups[2].Value, CultureInfo.InvariantCulture);
        double ours = Perplexity(model, text, int.Parse(windows[^1].Groups[1].Value, CultureInfo.InvariantCulture));
        Assert.True(Math.Abs(ours / theirs - 1) <= 0.005, $"{gguf}: perplexity {ours} here, {theirs} there");
        if (!comparesText)
            return; // weights of f16 meet numbers rounded to f16 there: where two tokens are nearly as likely, texts part
        const string Prompt = "hello";
        var options = new SamplingOptions { Temperature = 0, MaxTokens = 200, IgnoreEnd = true };
        string here = new TextGeneration(model, TextGeneration.Prompt(model, Prompt), options).RunToEnd();
        string there = Run("llama-completion", "-m", gguf, "-p", Prompt, "-n", "260", "--temp", "0", "-no-cnv", "--no-display-prompt", "--ignore-eos",
            "-t", "2", "-c", "512", "-ctk", "f32", "-ctv", "f32", "-fa", "off", "--simple-io");
        Assert.StartsWith(here, there);
    }

    /// <summary>As llama-perplexity has it: windows side by side, of each the second half predicted.</summary>
    private static double Perplexity(LanguageModel model, string text, int windows)
    {
        int[] ids = model.Tokenizer!.Encode(text);
        double nats = 0;
        int predicted = 0;
        for (int start = 0; start < windows * Context; start += Context)
        {
            float[] logits = model.Forward(ids.AsSpan(start, Context));
            for (int i = Context / 2; i < Context - 1; i++, predicted++)
                nats += Syrinx.Inference.Likelihood.OfToken(logits.AsSpan(i * model.Config.VocabSize, model.Config.VocabSize), ids[start + i + 1]);
        }
        return Math.Exp(nats / predicted);
    }

    private static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Programs!, program), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {error.Result}");
        return output;
    }
}
