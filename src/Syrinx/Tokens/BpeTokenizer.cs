using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;

namespace Syrinx.Tokens;

/// <summary>
/// Byte-pair encoding: byte-level, as Hugging Face's <c>tokenizer.json</c> describes it (<see cref="TokenizerJson"/>), or of
/// characters, as SentencePiece has it. Text never becomes a special token, whatever it says: only code that knows a token's
/// id can insert it (<see cref="Models.ChatTemplate"/>). Immutable and safe to share between threads.
/// </summary>
public sealed class BpeTokenizer
{
    /// <summary>Ends a document; also fills up batches.</summary>
    public const string EndOfText = "<|endoftext|>";

    /// <summary>Begins a message of a chat.</summary>
    public const string MessageStart = "<|im_start|>";

    /// <summary>Ends a message of a chat.</summary>
    public const string MessageEnd = "<|im_end|>";

    /// <summary>Begins a member's post that stands in a prompt as data, so that its text cannot pass for anything else.</summary>
    public const string PostStart = "<|post_start|>";

    /// <summary>Ends such a post.</summary>
    public const string PostEnd = "<|post_end|>";

    /// <summary>Stands between a post and what another member answers to it.</summary>
    public const string Reply = "<|reply|>";

    private readonly ConcurrentBag<BpeEncoder> _encoders = [];
    private BpeEncoder? _lastEncoder;
    private readonly byte[][] _tokens;
    private readonly HashSet<int> _special;
    private readonly Dictionary<string, int> _specialIds;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>>? _whole;
    private readonly AddedTokens? _added;

    internal BpeTokenizer(BpeVocabulary vocabulary)
    {
        Vocabulary = vocabulary;
        _tokens = [.. vocabulary.Tokens];
        _special = [.. vocabulary.Special.Select(s => s.Id)];
        _specialIds = vocabulary.Special.Concat(vocabulary.Added).DistinctBy(s => s.Text).ToDictionary(s => s.Text, s => s.Id);
        _added = vocabulary.Added.Count > 0 ? new(vocabulary.Added) : null;
        Merges = new MergeTable(vocabulary.Merges, vocabulary.SentencePiece?.RankByResult ?? false);
        if (vocabulary.SentencePiece is { } rules)
        {
            PreTokenizer = new PreTokenizer(SpaceScanner.For(_tokens));
            Alphabet = new SentencePieceAlphabet(vocabulary, rules);
            return;
        }
        PreTokenizer = new PreTokenizer(vocabulary.Patterns);
        for (int id = _tokens.Length - 1; id >= 0; id--)
        {
            if (_tokens[id].Length == 1 && !_special.Contains(id))
                ByteTokens[_tokens[id][0]] = id;
        }
        if (vocabulary.IgnoreMerges)
        {
            var whole = new Dictionary<byte[], int>(ByteSequence.Comparer);
            for (int id = 0; id < _tokens.Length; id++)
            {
                if (!_special.Contains(id))
                    whole.TryAdd(_tokens[id], id);
            }
            _whole = whole.GetAlternateLookup<ReadOnlySpan<byte>>();
        }
    }

    /// <summary>Reads a <c>tokenizer.json</c>, or SentencePiece's <c>tokenizer.model</c>.</summary>
    /// <exception cref="InputException">The file is missing or another kind of tokenizer; the message names file and
    /// field.</exception>
    public static BpeTokenizer Load(string path) => new(
        Path.GetExtension(path).Equals(".model", StringComparison.OrdinalIgnoreCase) ? SentencePieceModel.Read(path)
        : TokenizerJson.Read(path));

    /// <summary>Number of tokens, special ones included; ids are below it.</summary>
    public int VocabSize => _tokens.Length;

    internal BpeVocabulary Vocabulary { get; }

    internal PreTokenizer PreTokenizer { get; }

    internal MergeTable Merges { get; }

    /// <summary>The token of each single byte, which byte-level merging begins with.</summary>
    internal int[] ByteTokens { get; } = new int[256];

    /// <summary>What merging begins with instead, where it is SentencePiece's.</summary>
    internal SentencePieceAlphabet? Alphabet { get; }

    /// <summary>
    /// The id of a special or added token such as <c>&lt;|endoftext|&gt;</c>, or null when there is none called so.
    /// </summary>
    public int? TokenId(string special) => _specialIds.TryGetValue(special, out int id) ? id : null;

    /// <summary>
    /// The token that ends a document: <c>&lt;|endoftext|&gt;</c> (ours, Qwen), <c>&lt;|end_of_text|&gt;</c> (Llama 3) or
    /// <c>&lt;/s&gt;</c> (Llama 2, Mistral).
    /// </summary>
    /// <exception cref="InputException">There is none of these.</exception>
    public int DocumentEnd => TokenId(EndOfText) ?? TokenId("<|end_of_text|>") ?? TokenId("</s>") ?? RequiredTokenId(EndOfText);

    /// <summary>The id of a special token that must be there.</summary>
    /// <exception cref="InputException">It is not.</exception>
    public int RequiredTokenId(string special) => TokenId(special)
        ?? throw new InputException(
            $"The tokenizer has no special token '{special}'; it has " +
            $"{string.Join(", ", _specialIds.Keys.Order(StringComparer.Ordinal))}.");

    /// <summary>Whether a token is special and stands for no text.</summary>
    public bool IsSpecial(int id) => _special.Contains(id);

    /// <summary>A token's bytes, which need not be whole characters; a special token's name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is not of this vocabulary.</exception>
    public ReadOnlySpan<byte> TokenBytes(int id) => (uint)id < (uint)_tokens.Length
        ? _tokens[id] : throw new ArgumentOutOfRangeException(
            nameof(id), $"token {id} is outside the vocabulary of {_tokens.Length}");

    /// <summary>
    /// The tokens of a text. Lone surrogates become U+FFFD; text is brought to NFC where the tokenizer asks for it.
    /// </summary>
    public int[] Encode(string text)
    {
        var encoder = Encoded(text);
        int[] tokens = [.. encoder.Output];
        Return(encoder);
        return tokens;
    }

    /// <summary>
    /// Adds the tokens of a text to a list, which allocates nothing when the list has room and the text is plain.
    /// </summary>
    /// <inheritdoc cref="Encode(string)"/>
    public void EncodeTo(string text, List<int> destination)
    {
        var encoder = Encoded(text);
        destination.AddRange(encoder.Output);
        Return(encoder);
    }

    private BpeEncoder Encoded(string text)
    {
        // the one that was returned last, which costs less than the bag, or another
        var encoder = Interlocked.Exchange(ref _lastEncoder, null);
        if (encoder is null && !_encoders.TryTake(out encoder))
            encoder = new BpeEncoder(this);
        encoder.Clear();
        var rest = Normalize(text).AsSpan();
        while (_added?.Find(rest, out int start) is { } token)
        {
            encoder.Add(rest[..start]);
            encoder.Add(token.Id);
            rest = rest[(start + token.Text.Length)..];
        }
        encoder.Add(rest);
        return encoder;
    }

    private void Return(BpeEncoder encoder)
    {
        if (Interlocked.CompareExchange(ref _lastEncoder, encoder, null) is not null)
            _encoders.Add(encoder);
    }

    /// <summary>
    /// The text of tokens. Special tokens are left out; bytes that are no UTF-8 become U+FFFD; a space that encoding puts before
    /// every text is taken away.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is not of this vocabulary.</exception>
    public string Decode(IEnumerable<int> tokens) => Decode(tokens, withSpecial: false);

    /// <summary>The text of tokens, with the names of special tokens or without.</summary>
    /// <inheritdoc cref="Decode(IEnumerable{int})"/>
    public string Decode(IEnumerable<int> tokens, bool withSpecial)
    {
        var bytes = new List<byte>();
        bool spaceBefore = Vocabulary.SentencePiece is { SpaceBefore: true };
        foreach (int token in tokens)
        {
            if (!withSpecial && IsSpecial(token))
                continue;
            var more = TokenBytes(token);
            bytes.AddRange(spaceBefore && bytes.Count == 0 && more.StartsWith(" "u8) ? more[1..] : more);
        }
        return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(bytes));
    }

    /// <summary>A decoder that takes tokens one by one and gives text when it is whole.</summary>
    public StreamingDecoder CreateDecoder() => new(this);

    /// <summary>Writes <c>tokenizer.json</c>; the same tokenizer makes the same bytes.</summary>
    public void Save(string path) => TokenizerJsonWriter.Write(path, Vocabulary);

    /// <summary>
    /// The token that a whole piece is, where the tokenizer takes it without merging (Llama 3's <c>ignore_merges</c>).
    /// </summary>
    internal int? WholePiece(ReadOnlySpan<byte> piece) => _whole is { } whole && whole.TryGetValue(piece, out int id) ? id : null;

    /// <summary>
    /// What is encoded instead of <paramref name="text"/>: well-formed, and NFC where the tokenizer asks for it.
    /// </summary>
    internal string Normalize(string text)
    {
        string form = TextForm.Normalize(text, Vocabulary.Nfc);
        return Vocabulary.SentencePiece is { } rules ? rules.Apply(form) : form;
    }
}
