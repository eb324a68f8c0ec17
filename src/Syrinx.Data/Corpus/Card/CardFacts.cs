using System.Globalization;
using System.Text;

namespace Syrinx.Data.Corpus.Card;

/// <summary>Counts what the card shows, once every post has its reason.</summary>
internal sealed class CardFacts(PostTable posts, Judgement judgement, IReadOnlyDictionary<string, long> masked, CurateSettings settings)
{
    private const int ExamplesPerReason = 5;
    private const int MaxCommunities = 24;
    private const int MaxMonths = 18;
    private const int ExampleLength = 280;

    public CorpusCard Card(CorpusWriter writer, CurateSource source)
    {
        var dropped = CountBy(p => p.Dropped ?? "");
        long kept = dropped.GetValueOrDefault("");
        var written = writer.Written;
        return new CorpusCard
        {
            Corpus = writer.Content,
            PostsFingerprint = source.Fingerprint,
            Posts = posts.Count,
            Kept = kept,
            Documents = written.Documents,
            ValidationDocuments = written.ValidationDocuments,
            RepeatedDocuments = written.Repeated,
            Dialogues = written.Dialogues,
            Preferences = written.Preferences,
            Characters = written.Characters,
            CharactersByKind = written.CharactersByKind,
            Dropped = DropReason.All.Where(dropped.ContainsKey).ToDictionary(r => r, r => dropped[r]),
            Languages = Most(CountBy(p => p.HasText ? posts.LanguageOf(p) : null), int.MaxValue),
            KeptLanguages = judgement.Languages,
            KeptByLanguage = Most(CountBy(p => p.IsKept ? posts.LanguageOf(p) : null), int.MaxValue),
            Lengths = [.. written.Lengths.Select((count, i) => new LengthBin(
                WrittenCounts.LengthEdges[i], i + 1 < written.Lengths.Length ? WrittenCounts.LengthEdges[i + 1] : null, count))],
            Communities = Most(Communities(), MaxCommunities),
            Flow = FlowStages.Of(posts.Count, dropped),
            Rhythm = Rhythm(),
            First = Time(early: true),
            Last = Time(early: false),
            Masked = masked,
            Campaigns = Indices().Where(i => posts[i].Campaign == i).LongCount(),
            Bots = judgement.BotAccounts,
            Authors = posts.Authors.Count,
            KeptAuthors = AuthorsInDocuments().Count,
            ClusterSizes = ClusterSizes(),
            Mix = writer.Mix.Rows,
            Examples = [.. Examples()],
            Settings = settings,
        };
    }

    /// <summary>Numbers of the authors whose words are in the documents, ascending.</summary>
    public List<int> AuthorsInDocuments()
    {
        var seen = new bool[posts.Authors.Count];
        foreach (int i in Indices())
        {
            if (posts[i].IsKept && posts[i].Author != PostFacts.None)
                seen[posts[i].Author] = true;
        }
        return [.. Enumerable.Range(0, seen.Length).Where(a => seen[a])];
    }

    private IEnumerable<int> Indices() => Enumerable.Range(0, posts.Count);

    private Dictionary<string, long> CountBy(Func<PostFacts, string?> key)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        for (int i = 0; i < posts.Count; i++)
        {
            if (key(posts[i]) is { } name)
                counts[name] = counts.GetValueOrDefault(name) + 1;
        }
        return counts;
    }

    private Dictionary<string, long> Communities()
    {
        string[] names = [.. posts.Places.Select(p => p.Community is null ? p.Platform : $"{p.Platform}/{p.Community}")];
        return CountBy(p => p.IsKept ? names[p.Place] : null);
    }

    private static Dictionary<string, long> Most(Dictionary<string, long> counts, int most)
    {
        var all = counts.OrderByDescending(g => g.Value).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        var shown = all.Take(most).ToDictionary(g => g.Key, g => g.Value);
        if (all.Count > most)
            shown["…"] = all.Skip(most).Sum(g => g.Value);
        return shown;
    }

    private List<RhythmRow> Rhythm()
    {
        var months = new SortedDictionary<(int Year, int Month), long[]>();
        for (int i = 0; i < posts.Count; i++)
        {
            if (!posts[i].IsKept || posts[i].CreatedAt is not { } time)
                continue;
            if (!months.TryGetValue((time.Year, time.Month), out var hours))
                months.Add((time.Year, time.Month), hours = new long[24]);
            hours[time.Hour]++;
        }
        bool byMonth = months.Count <= MaxMonths;
        return [.. months.GroupBy(m => byMonth
                ? string.Create(CultureInfo.InvariantCulture, $"{m.Key.Year:0000}-{m.Key.Month:00}")
                : m.Key.Year.ToString("0000", CultureInfo.InvariantCulture))
            .Select(g => new RhythmRow(g.Key, [.. Enumerable.Range(0, 24).Select(h => g.Sum(m => m.Value[h]))]))
            .TakeLast(MaxMonths)];
    }

    private DateTime? Time(bool early)
    {
        long found = 0;
        for (int i = 0; i < posts.Count; i++)
        {
            long time = posts[i].IsKept ? posts[i].Time : 0;
            if (time != 0 && (found == 0 || early == time < found))
                found = time;
        }
        return found == 0 ? null : new DateTime(found, DateTimeKind.Utc);
    }

    /// <summary>Clusters of duplicates by size: 2, 3–4, 5–8, …</summary>
    private List<LengthBin> ClusterSizes()
    {
        var byCluster = posts.GroupBy(i => posts[i].Cluster);
        var counts = new SortedDictionary<int, long>();
        for (int c = 0; c < byCluster.Count; c++)
        {
            if (byCluster[c].Length < 2)
                continue;
            int bin = (int)Math.Ceiling(Math.Log2(byCluster[c].Length));
            counts[bin] = counts.GetValueOrDefault(bin) + 1;
        }
        return [.. counts.Select(c => new LengthBin((1 << (c.Key - 1)) + 1, (1 << c.Key) + 1, c.Value))];
    }

    // A fair choice that every run makes again: the least hashes of the places in the store.
    private IEnumerable<CardExample> Examples()
    {
        var chosen = new Dictionary<string, List<(ulong Hash, int Index)>>(StringComparer.Ordinal);
        for (int i = 0; i < posts.Count; i++)
        {
            if (!posts[i].HasText)
                continue;
            string reason = posts[i].Dropped ?? "kept";
            if (!chosen.TryGetValue(reason, out var least))
                chosen.Add(reason, least = []);
            ulong hash = (ulong)(i + 1) * 0x9E3779B97F4A7C15UL;
            hash = (hash ^ hash >> 32) * 0xD6E8FEB86659FD93UL;
            if (least.Count == ExamplesPerReason && hash >= least[^1].Hash)
                continue;
            least.Add((hash, i));
            least.Sort();
            if (least.Count > ExamplesPerReason)
                least.RemoveAt(ExamplesPerReason);
        }
        foreach (string reason in (IEnumerable<string>)["kept", .. DropReason.All])
        {
            foreach (var (_, index) in chosen.GetValueOrDefault(reason, []))
                yield return Example(reason, index);
        }
    }

    private CardExample Example(string reason, int index)
    {
        var post = posts[index];
        // a word list that hits "idiot" must not print the rest either
        bool hide = reason is DropReason.Adult or DropReason.Toxic || post.Nsfw >= 0.35 || post.Toxicity >= 0.3;
        string text = Shortened(posts.Read(index).Whole);
        string? twin = reason == DropReason.NearDuplicate ? Shortened(posts.Read(post.Cluster).Whole) : null;
        return new(reason, hide ? Veil(text) : text, posts.LanguageOf(post), hide || twin is null ? null : twin);
    }

    private static string Shortened(string text) => text.Length <= ExampleLength ? text
        : text[..(char.IsHighSurrogate(text[ExampleLength - 1]) ? ExampleLength - 1 : ExampleLength)] + "…";

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
