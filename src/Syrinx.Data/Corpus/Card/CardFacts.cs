using System.Globalization;
using System.Text;
using Syrinx.Data.Corpus.Threads;

namespace Syrinx.Data.Corpus.Card;

/// <summary>Counts what the card shows, once every post has its reason.</summary>
internal sealed class CardFacts(
    PostFacts[] posts, List<string> languages, IReadOnlyDictionary<string, long> masked, long bots, TextSpill texts,
        CurateSettings settings)
{
    private const int ExamplesPerReason = 5;
    private const int MaxCommunities = 24;
    private const int MaxMonths = 18;
    private const int ExampleLength = 280;
    private static readonly int[] LengthEdges = [0, 50, 100, 200, 400, 800, 1600, 3200, 6400];

    public CorpusCard Card(CorpusWriter writer)
    {
        var dropped = DropReason.All.Select(r => (Reason: r, Count: posts.LongCount(p => p.Dropped == r)))
            .Where(r => r.Count > 0).ToDictionary(r => r.Reason, r => r.Count);
        return new CorpusCard
        {
            Posts = posts.Length,
            Kept = posts.LongCount(p => p.Dropped is null),
            Documents = writer.Documents,
            ValidationDocuments = writer.ValidationDocuments,
            Dialogues = writer.Dialogues,
            Characters = writer.Characters,
            Dropped = dropped,
            Languages = Counts(posts.Where(p => p.TextLength > 0), p => p.Lang, int.MaxValue),
            KeptLanguages = languages,
            KeptByLanguage = Counts(posts.Where(p => p.Dropped is null), p => p.Lang, int.MaxValue),
            Lengths = Lengths(writer.Lengths),
            Communities = Counts(posts.Where(p => p.Dropped is null),
                p => p.Community is null ? p.Platform : $"{p.Platform}/{p.Community}", MaxCommunities),
            Flow = FlowStages.Of(posts.Length, dropped),
            Rhythm = Rhythm(),
            Masked = masked,
            Campaigns = posts.Select(p => p.Campaign).Where(c => c is not null).Distinct().LongCount(),
            Bots = bots,
            Examples = [.. Examples()],
            Settings = settings,
        };
    }

    private static Dictionary<string, long> Counts(IEnumerable<PostFacts> posts, Func<PostFacts, string> key, int most)
    {
        var all = posts.GroupBy(key).Select(g => (g.Key, Count: g.LongCount()))
            .OrderByDescending(g => g.Count).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        var counts = all.Take(most).ToDictionary(g => g.Key, g => g.Count);
        if (all.Count > most)
            counts["…"] = all.Skip(most).Sum(g => g.Count);
        return counts;
    }

    private static List<LengthBin> Lengths(List<int> lengths)
    {
        var counts = new long[LengthEdges.Length];
        foreach (int length in lengths)
        {
            int at = Array.BinarySearch(LengthEdges, length);
            counts[at >= 0 ? at : ~at - 1]++;
        }
        return [.. counts.Select((count, i) =>
            new LengthBin(LengthEdges[i], i + 1 < LengthEdges.Length ? LengthEdges[i + 1] : null, count))];
    }

    private List<RhythmRow> Rhythm()
    {
        var times = posts.Where(p => p.Dropped is null && p.CreatedAt is not null).Select(p => p.CreatedAt!.Value).ToList();
        string format = times.Select(t => (t.Year, t.Month)).Distinct().Count() <= MaxMonths ? "yyyy-MM" : "yyyy";
        var rows = new SortedDictionary<string, long[]>(StringComparer.Ordinal);
        foreach (var time in times)
        {
            string period = time.ToString(format, CultureInfo.InvariantCulture);
            if (!rows.TryGetValue(period, out var hours))
                rows.Add(period, hours = new long[24]);
            hours[time.Hour]++;
        }
        return [.. rows.TakeLast(MaxMonths).Select(r => new RhythmRow(r.Key, r.Value))];
    }

    // A fair choice that every run makes again: the least hashes of the ids.
    private IEnumerable<CardExample> Examples()
    {
        foreach (string reason in (IEnumerable<string>)["kept", .. DropReason.All])
        {
            string? dropped = reason == "kept" ? null : reason;
            var chosen = posts.Where(p => p.Dropped == dropped && p.TextLength > 0)
                .OrderBy(p => CorpusWriter.StableHash(p.Id)).ThenBy(p => p.Index).Take(ExamplesPerReason);
            foreach (var post in chosen)
            {
                string text = PostText.Split(texts.Read(post.TextOffset, post.TextLength)).Whole;
                if (text.Length > ExampleLength)
                    text = text[..(char.IsHighSurrogate(text[ExampleLength - 1]) ? ExampleLength - 1 : ExampleLength)] + "…";
                // a word list that hits "idiot" must not print the rest either
                bool hide = reason is DropReason.Adult or DropReason.Toxic || post.Nsfw >= 0.35 || post.Toxicity >= 0.3;
                yield return new(reason, hide ? Veil(text) : text, post.Lang);
            }
        }
    }

    /// <summary>Every word but its first letter as dots: the shape of a text without what it says.</summary>
    internal static string Veil(string text)
    {
        var veiled = new StringBuilder(text.Length);
        bool inside = false;
        foreach (var rune in text.EnumerateRunes())
        {
            bool letter = Rune.IsLetterOrDigit(rune);
            bool han = rune.Value is >= 0x3400 and <= 0xD7FF;
            veiled.Append(letter && inside ? "•" : rune.ToString());
            inside = letter && (inside || han || Rune.IsLetter(rune));
        }
        return veiled.ToString();
    }
}
