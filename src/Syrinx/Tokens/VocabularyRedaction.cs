namespace Syrinx.Tokens;

/// <summary>
/// Takes words out of a tokenizer that it learnt from texts which are to be forgotten: a name that was written twenty times may be a
/// token of its own. Ids of other tokens stay, so models go on to work; the places of those that go are left empty. Thread-safe.
/// </summary>
public static class VocabularyRedaction
{
    /// <summary>The tokens that texts are encoded with.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="texts">The texts, streamed.</param>
    /// <param name="threads">Threads to encode with.</param>
    /// <param name="cancel">Stops the encoding.</param>
    public static SortedSet<int> UsedBy(this BpeTokenizer tokenizer, IEnumerable<string> texts, int threads, CancellationToken cancel)
    {
        var used = new bool[tokenizer.VocabSize];
        foreach (var (_, tokens) in tokenizer.EncodeAll(texts, t => t, threads, cancel))
        {
            foreach (int token in tokens)
                used[token] = true;
        }
        return [.. Enumerable.Range(0, used.Length).Where(t => used[t])];
    }

    /// <summary>
    /// The tokenizer without the tokens, and parts of tokens, that only the forgotten texts needed. What the remaining texts are
    /// encoded with does not change. Single bytes and special tokens stay.
    /// </summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="forgotten">Tokens that the forgotten texts were encoded with.</param>
    /// <param name="remaining">Tokens that the remaining texts are encoded with.</param>
    /// <returns>The same tokenizer where nothing goes.</returns>
    public static BpeTokenizer Without(this BpeTokenizer tokenizer, IEnumerable<int> forgotten, IEnumerable<int> remaining)
    {
        var vocabulary = tokenizer.Vocabulary;
        var needed = WithParts(vocabulary, remaining);
        var gone = WithParts(vocabulary, forgotten);
        gone.RemoveWhere(t => needed.Contains(t) || vocabulary.Tokens[t].Length < 2 || tokenizer.IsSpecial(t));
        // what is made of something that goes, goes too; merges stand behind those of their parts
        foreach (var (left, right, merged) in vocabulary.Merges)
        {
            if (gone.Contains(left) || gone.Contains(right))
                gone.Add(merged);
        }
        return gone.Count == 0 ? tokenizer : new BpeTokenizer(vocabulary with
        {
            Tokens = [.. vocabulary.Tokens.Select((bytes, id) => gone.Contains(id) ? [] : bytes)],
            Merges = [.. vocabulary.Merges.Where(m => !gone.Contains(m.Merged))],
        });
    }

    /// <summary>Tokens, and all that they are merged of.</summary>
    private static HashSet<int> WithParts(BpeVocabulary vocabulary, IEnumerable<int> tokens)
    {
        HashSet<int> all = [.. tokens];
        for (int m = vocabulary.Merges.Count - 1; m >= 0; m--)
        {
            var (left, right, merged) = vocabulary.Merges[m];
            if (all.Contains(merged))
            {
                all.Add(left);
                all.Add(right);
            }
        }
        return all;
    }
}
