namespace Syrinx.Tokens;

/// <summary>
/// Cuts text into the pieces that merges never cross. The patterns are those of Hugging Face's <c>tokenizer.json</c>
/// (<c>Split</c> with behaviour <c>Isolated</c>). Immutable and safe to share between threads.
/// </summary>
internal sealed class PreTokenizer
{
    /// <summary>
    /// Qwen2's pattern, which llama.cpp knows as <c>qwen2</c>: contractions; a word with the one sign before it; a single
    /// digit; signs with the line ends after them; line ends; spaces, of which the last belongs to the next word.
    /// </summary>
    public const string Qwen2Pattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>Llama 3's pattern, <c>llama-bpe</c>: Qwen2's, with up to three digits a piece.</summary>
    public const string Llama3Pattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>GPT-2's pattern, which <c>ByteLevel</c> with <c>use_regex</c> stands for.</summary>
    public const string Gpt2Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <summary>GPT-4o's and gpt-oss' pattern, <c>gpt-4o</c>: a word is cut where small letters become capitals.</summary>
    public const string O200kPattern =
        @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?" +
        @"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?" +
        @"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private readonly PieceScanner[] _steps;

    /// <param name="patterns">The patterns, each applied to the pieces of the one before.</param>
    /// <exception cref="ArgumentException">A pattern is not a regular expression that .NET knows.</exception>
    public PreTokenizer(IReadOnlyList<string> patterns) => _steps = [.. patterns.Select(PieceScanner.For)];

    /// <summary>A pre-tokenizer of one step.</summary>
    public PreTokenizer(PieceScanner step) => _steps = [step];

    public static PreTokenizer ForQwen2 { get; } = new([Qwen2Pattern]);

    /// <summary>Where the pieces of <paramref name="text"/> end, in order; the last ends where the text does.</summary>
    /// <param name="text">Text without lone surrogates.</param>
    /// <param name="ends">Emptied first.</param>
    public void Split(ReadOnlySpan<char> text, List<int> ends)
    {
        ends.Clear();
        _steps[0].Split(text, 0, ends);
        foreach (var step in _steps.AsSpan(1))
        {
            var pieces = ends.ToArray();
            ends.Clear();
            int start = 0;
            foreach (int end in pieces)
            {
                step.Split(text[start..end], start, ends);
                start = end;
            }
        }
    }
}
