using System.Text;

namespace Syrinx.Tokens;

/// <summary>
/// A tokenizer whose tokens are the characters (code points) of a text, as a byte-level BPE so that it is saved and read
/// like any other: the merges join the bytes of one character and nothing more. Characters that the text lacks become their
/// bytes.
/// </summary>
public static class CharacterTokenizer
{
    /// <summary>Collects the characters of texts.</summary>
    /// <param name="texts">The texts, streamed once.</param>
    /// <exception cref="InputException">There is no text.</exception>
    public static BpeTokenizer Train(IEnumerable<string> texts)
    {
        var characters = new SortedSet<int>();
        foreach (string text in texts)
        {
            foreach (var rune in text.Normalize(NormalizationForm.FormC).EnumerateRunes())
                characters.Add(rune.Value);
        }
        if (characters.Count == 0)
            throw new InputException("There is no text to take characters from.");
        var tokens = Enumerable.Range(0, 256).Select(b => new[] { (byte)b }).ToList();
        var ids = new Dictionary<string, int>();
        var merges = new List<(int Left, int Right, int Merged)>();
        foreach (int character in characters.Where(c => c >= 0x80))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(new Rune(character).ToString());
            int left = bytes[0];
            for (int n = 2; n <= bytes.Length; n++)
            {
                string prefix = Convert.ToHexString(bytes, 0, n);
                if (!ids.TryGetValue(prefix, out int id))
                {
                    id = ids[prefix] = tokens.Count;
                    tokens.Add(bytes[..n]);
                    merges.Add((left, bytes[n - 1], id));
                }
                left = id;
            }
        }
        return new BpeTokenizer(BpeTrainer.Vocabulary(tokens, merges, BpeTrainer.ChatTokens));
    }
}
