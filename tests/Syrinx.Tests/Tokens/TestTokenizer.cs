using System.Text;
using Syrinx.Tokens;

namespace Syrinx.Tests.Tokens;

/// <summary>A small tokenizer made by hand: 256 bytes, a few merges, three special tokens.</summary>
internal static class TestTokenizer
{
    public static BpeTokenizer Create(params string[] merged)
    {
        var tokens = Enumerable.Range(0, 256).Select(b => new[] { (byte)b }).ToList();
        var merges = new List<(int, int, int)>();
        int Id(string text) => tokens.FindIndex(t => t.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(text)));
        foreach (string pair in merged)
        {
            string[] sides = pair.Split('+');
            merges.Add((Id(sides[0]), Id(sides[1]), tokens.Count));
            tokens.Add(Encoding.UTF8.GetBytes(sides[0] + sides[1]));
        }
        string[] names = [BpeTokenizer.EndOfText, BpeTokenizer.MessageStart, BpeTokenizer.MessageEnd];
        var special = names.Select((name, i) => new SpecialToken(name, tokens.Count + i)).ToList();
        tokens.AddRange(names.Select(Encoding.UTF8.GetBytes));
        return new(new BpeVocabulary(tokens, merges, special, [PreTokenizer.Qwen2Pattern], Nfc: true, IgnoreMerges: false, Added: []));
    }
}
