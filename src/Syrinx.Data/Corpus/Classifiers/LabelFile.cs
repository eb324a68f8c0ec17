using System.IO.Compression;
using System.Text.Json;

namespace Syrinx.Data.Corpus.Classifiers;

/// <summary>What a weights file tells of itself: its first line.</summary>
public sealed record LabelCard
{
    /// <summary>Version of the format: 1.</summary>
    public required int Format { get; init; }

    /// <summary>The label: <c>spam</c>, <c>toxicity</c>, <c>bot</c>, or one of the user's own.</summary>
    public required string Label { get; init; }

    /// <summary><c>text</c> (a linear classifier of the post's text) or <c>account</c> (boosted trees over the author's
    /// fields).</summary>
    public required string Kind { get; init; }

    /// <summary>Rows trained on.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows of them whose label is 1.</summary>
    public required long Positives { get; init; }

    /// <summary>Rows held out: SHA-256 of the normalised text is a multiple of five.</summary>
    public required long HeldOutRows { get; init; }

    /// <summary>Area under the ROC curve on the held-out rows; null where they have one class only.</summary>
    public required double? HeldOutAuc { get; init; }

    /// <summary>What the weights were trained on.</summary>
    public required string Data { get; init; }
}

/// <summary>
/// A trained label as a file, <c>NAME.label</c>: a line of JSON (<see cref="LabelCard"/>), then the numbers, packed with Brotli.
/// Immutable and thread-safe.
/// </summary>
/// <param name="Card">What the file tells of itself.</param>
/// <param name="Text">The classifier of kind <c>text</c>, or null.</param>
/// <param name="Account">The classifier of kind <c>account</c>, or null.</param>
internal sealed record LabelFile(LabelCard Card, TextClassifier? Text, BoostedTrees? Account)
{
    /// <summary>How weights files are named.</summary>
    public const string Extension = ".label";

    private const int Version = 1;
    private const int MostNodes = 1 << 20;

    /// <summary>A card of the present version.</summary>
    public static LabelCard NewCard(string label, string kind, long rows, long positives, long heldOut, double auc, string data) => new()
    {
        Format = Version,
        Label = label,
        Kind = kind,
        Rows = rows,
        Positives = positives,
        HeldOutRows = heldOut,
        HeldOutAuc = double.IsNaN(auc) ? null : Math.Round(auc, 4),
        Data = data,
    };

    /// <summary>Writes the file's bytes.</summary>
    public void Write(Stream stream)
    {
        JsonSerializer.Serialize(stream, Card, CorpusFiles.Json);
        stream.WriteByte((byte)'\n');
        using var packed = new BrotliStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        using var writer = new BinaryWriter(packed);
        if (Text is not null)
        {
            writer.Write(Text.Largest);
            writer.Write(Text.Bias);
            writer.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(Text.Weights));
            return;
        }
        writer.Write(Account!.Bias);
        writer.Write(Account.Nodes.Count);
        foreach (var node in Account.Nodes)
        {
            writer.Write(node.Feature);
            writer.Write(node.Value);
            writer.Write(node.Left);
            writer.Write(node.UnknownLeft);
        }
        writer.Write(Account.Roots.Count);
        foreach (int root in Account.Roots)
            writer.Write(root);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It is not a weights file, or of another version.</exception>
    public static LabelFile Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read {path}: {e.Message}", e);
        }
    }

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="path">For messages.</param>
    /// <exception cref="InputException">They are not a weights file, or of another version.</exception>
    public static LabelFile Read(Stream stream, string path)
    {
        string expected = $"{path} is not a weights file of this version: train it again with 'syrinx label train'.";
        try
        {
            var card = ReadCard(stream);
            if (card is not { Format: Version, Kind: "text" or "account" })
                throw new InputException(expected);
            using var packed = new BrotliStream(stream, CompressionMode.Decompress, leaveOpen: true);
            using var reader = new BinaryReader(packed);
            return card.Kind == "text" ? new(card, ReadText(reader), null) : new(card, null, ReadTrees(reader));
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or EndOfStreamException or IndexOutOfRangeException
            or InvalidOperationException)
        {
            throw new InputException(expected, e);
        }
    }

    private static LabelCard? ReadCard(Stream stream)
    {
        var line = new List<byte>();
        for (int b; (b = stream.ReadByte()) is not ('\n' or -1);)
        {
            if (line.Count == 1 << 16)
                throw new InvalidDataException("The first line is too long.");
            line.Add((byte)b);
        }
        return JsonSerializer.Deserialize<LabelCard>(line.ToArray(), CorpusFiles.Json);
    }

    private static TextClassifier ReadText(BinaryReader reader)
    {
        float largest = reader.ReadSingle(), bias = reader.ReadSingle();
        var weights = new sbyte[TextFeatures.Buckets];
        reader.BaseStream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(weights.AsSpan()));
        return new(weights, largest, bias);
    }

    private static BoostedTrees ReadTrees(BinaryReader reader)
    {
        float bias = reader.ReadSingle();
        var nodes = new BoostedTrees.Node[Checked(reader.ReadInt32(), MostNodes)];
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = new(reader.ReadInt16(), reader.ReadSingle(), reader.ReadInt32(), reader.ReadBoolean());
            // branches follow their fork, so a walk ends
            if (nodes[i].Feature >= 0)
                Checked(nodes[i].Left - i - 1, nodes.Length - i - 3);
            Checked(nodes[i].Feature + 1, AccountFeatures.Count);
        }
        var roots = new int[Checked(reader.ReadInt32(), nodes.Length)];
        for (int i = 0; i < roots.Length; i++)
            roots[i] = Checked(reader.ReadInt32(), nodes.Length - 1);
        return new(bias, nodes, roots);
    }

    private static int Checked(int value, int most) =>
        value >= 0 && value <= most ? value : throw new InvalidDataException("A number is out of range.");
}
