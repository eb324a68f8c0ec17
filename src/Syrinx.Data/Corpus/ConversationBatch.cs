using System.Buffers;

namespace Syrinx.Data.Corpus;

/// <summary>The lines of a few conversations, made in one thread, and what they count.</summary>
internal sealed class ConversationBatch
{
    public required int Conversations { get; init; }

    public ArrayBufferWriter<byte> Documents { get; } = new();

    public ArrayBufferWriter<byte> Dialogues { get; } = new();

    public ArrayBufferWriter<byte> Preferences { get; } = new();

    public WrittenCounts Counts { get; } = new();
}

/// <summary>What the written lines count.</summary>
internal sealed class WrittenCounts
{
    /// <summary>Least lengths of the bars of the histogram, in characters.</summary>
    public static IReadOnlyList<int> LengthEdges { get; } = [0, 50, 100, 200, 400, 800, 1600, 3200, 6400];

    public long Documents { get; private set; }

    public long ValidationDocuments { get; private set; }

    /// <summary>Documents that are there for a second time and more.</summary>
    public long Repeated { get; private set; }

    public long Dialogues { get; set; }

    public long Preferences { get; set; }

    /// <summary>UTF-16 units of the documents.</summary>
    public long Characters { get; private set; }

    /// <summary>The same by kind of the first post.</summary>
    public SortedDictionary<string, long> CharactersByKind { get; } = new(StringComparer.Ordinal);

    /// <summary>Documents by length, for <see cref="LengthEdges"/>.</summary>
    public long[] Lengths { get; } = new long[LengthEdges.Count];

    public void AddDocument(int characters, string split, string kind, int copy)
    {
        Documents++;
        ValidationDocuments += split == "val" ? 1 : 0;
        Repeated += copy > 1 ? 1 : 0;
        Characters += characters;
        CharactersByKind[kind] = CharactersByKind.GetValueOrDefault(kind) + characters;
        int bar = Lengths.Length - 1;
        while (LengthEdges[bar] > characters)
            bar--;
        Lengths[bar]++;
    }

    public void Add(WrittenCounts other)
    {
        Documents += other.Documents;
        ValidationDocuments += other.ValidationDocuments;
        Repeated += other.Repeated;
        Dialogues += other.Dialogues;
        Preferences += other.Preferences;
        Characters += other.Characters;
        foreach (var (kind, count) in other.CharactersByKind)
            CharactersByKind[kind] = CharactersByKind.GetValueOrDefault(kind) + count;
        for (int i = 0; i < Lengths.Length; i++)
            Lengths[i] += other.Lengths[i];
    }
}
