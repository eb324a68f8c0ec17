using System.Runtime.CompilerServices;
using System.Text.Json;
using Syrinx.Tokens;

namespace Syrinx.Tests.Tokens;

/// <summary>
/// Hugging Face's own <c>tokenizers</c> and OpenAI's <c>tiktoken</c>, from npm, give the same ids as we do for the same files:
/// <c>tests/tokenizers-npm/encode.mjs</c>, where node and npm are at hand.
/// </summary>
public sealed class NpmTokenizersTests
{
    [Fact]
    public void Two_dozen_languages_and_traps_have_the_same_ids()
    {
        using var folder = new TemporaryFolder();
        var trained = BpeTrainer.Train(Enumerable.Range(0, 200).Select(TestText.Paragraph).Concat(Languages.Sentences), 1500, threads: 1);
        File.WriteAllBytes(folder["tokenizer.model"], SentencePieceFile.Write(SentencePieceFile.Pieces()));
        var tokenizers = new Dictionary<string, BpeTokenizer>
        {
            [folder["qwen2.json"]] = trained,
            [folder["llama3.json"]] = With(trained, PreTokenizer.Llama3Pattern, ignoreMerges: true),
            [folder["gpt2.json"]] = With(trained, PreTokenizer.Gpt2Pattern),
            [folder["gpt4o.json"]] = With(trained, PreTokenizer.O200kPattern),
            [folder["llama2.json"]] = BpeTokenizer.Load(folder["tokenizer.model"]),
        };
        foreach (var (path, tokenizer) in tokenizers)
            tokenizer.Save(path);
        tokenizers = tokenizers.ToDictionary(t => t.Key, t => BpeTokenizer.Load(t.Key)); // what is compared is the file
        tokenizers["o200k"] = O200kTests.Ours;
        // theirs make special tokens of text; ours never does
        string[] texts =
        [
            .. Languages.Sentences, .. Languages.Traps.Where(t => !t.Contains("<|")), .. Enumerable.Range(500, 100).Select(TestText.Paragraph),
            string.Join('\n', Languages.Sentences),
        ];
        File.WriteAllText(folder["texts.json"], JsonSerializer.Serialize(texts));

        string script = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "tokenizers-npm"));
        Npm.Install(script, "tiktoken");
        var (code, output, error) = Npm.Run(script, "node", ["encode.mjs", folder["texts.json"], .. tokenizers.Keys.Where(k => k != "o200k")]);
        Assert.True(code == 0, error);
        var theirs = JsonSerializer.Deserialize<Dictionary<string, int[][]>>(output)!;
        foreach (var (name, tokenizer) in tokenizers)
        {
            for (int i = 0; i < texts.Length; i++)
                Assert.True(theirs[name][i].SequenceEqual(tokenizer.Encode(texts[i])), $"{Path.GetFileName(name)}: {texts[i]}");
        }
    }

    private static BpeTokenizer With(BpeTokenizer tokenizer, string pattern, bool ignoreMerges = false) =>
        new(tokenizer.Vocabulary with { Patterns = [pattern], Nfc = false, IgnoreMerges = ignoreMerges });

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
