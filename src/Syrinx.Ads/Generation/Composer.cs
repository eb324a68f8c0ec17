using System.Text.RegularExpressions;

namespace Syrinx.Ads;

/// <summary>A draft of an ad, not yet checked.</summary>
/// <param name="Fields">The copy.</param>
/// <param name="Angle">Its angle.</param>
/// <param name="Source"><c>template</c> or <c>model</c>.</param>
internal sealed record Draft(FieldValues<string> Fields, string Angle, string Source);

/// <summary>
/// Composes drafts from a brief's pieces. A text is built up from pieces that fit, so that it is inside its limit without ever being cut.
/// </summary>
internal sealed partial class Composer(CopyMaterial material, AdFormat format)
{
    private const int MaxFacts = 3;

    // a fact that takes more than this share of a limit leaves no room for others, and is told in some of the variants only
    private const double LongShare = 0.35;

    private readonly AdField _widest = format.Fields.MaxBy(f => f.Limit)!;

    /// <summary>A draft for an angle, or null where the choices made did not fit.</summary>
    public Draft? Compose(string angle, SeededRandom random)
    {
        var values = new List<KeyValuePair<string, IReadOnlyList<string>>>();
        var facts = InOrder(angle, random);
        if (facts.Count > 1)
            facts = [.. facts.Where(f => TextLength.Of(f.Text, _widest).Length <= _widest.Limit * LongShare || random.Next(3) == 0)];
        switch (format.Name)
        {
            case "x-post":
                if (Text(format.Fields[0], "x-post", angle, facts, random, mustName: true) is not { } post)
                    return null;
                values.Add(new("text", [post]));
                break;
            case "meta-feed":
                AdField primary = Field("primary_text"), headline = Field("headline"), description = Field("description");
                if (Text(primary, "primary_text", angle, facts, random, mustName: true) is not { } text)
                    return null;
                var lines = Lines(headline, angle, facts, random).Where(l => !text.Contains(l.TrimEnd('.'), StringComparison.OrdinalIgnoreCase)).Take(1).ToList();
                string line = lines.FirstOrDefault() ?? Lines(headline, angle, facts, random).FirstOrDefault() ?? "";
                string? last = random.Shuffled(material.Calls.Concat(Lines(description, angle, facts, random).Take(3)))
                    .FirstOrDefault(l => TextLength.Of(l, description).Fits && !line.Contains(l, StringComparison.OrdinalIgnoreCase) && !text.Contains(l, StringComparison.OrdinalIgnoreCase))
                    ?? Lines(description, angle, facts, random).FirstOrDefault(l => !line.Contains(l, StringComparison.OrdinalIgnoreCase));
                if (line.Length == 0 || last is null)
                    return null;
                values.AddRange([new("primary_text", [text]), new("headline", [line]), new("description", [last])]);
                break;
            default:
                if (SearchAd(angle, facts, random) is not { } search)
                    return null;
                values.AddRange(search);
                break;
        }
        return Serves(angle, values) ? new(AdFields.Of(format, values), angle, "template") : null;
    }

    /// <summary>Whether a fact of the angle is told; benefit and question need none of their own.</summary>
    private bool Serves(string angle, List<KeyValuePair<string, IReadOnlyList<string>>> values) => angle is "benefit" or "question"
        || material.Facts.Concat(material.Clauses).Any(f => f.Angles.Contains(angle)
            && values.Any(v => v.Value.Any(text => text.Contains(f.Text, StringComparison.OrdinalIgnoreCase))));

    private AdField Field(string name) => format.Field(name)!;

    /// <summary>The facts, those of the angle first.</summary>
    private List<FactPiece> InOrder(string angle, SeededRandom random) =>
        // benefit and question are served by every fact, best by those that are not about money or dates
        [.. random.Shuffled(material.Facts).OrderBy(f => f.Angles.Contains("closed") ? 2 : !f.Angles.Contains(angle) || angle is "benefit" or "question" && f.Angles.Overlaps(Dry) ? 1 : 0)];

    private static string[] Dry { get; } = ["price", "urgency", "closed"];

    private List<KeyValuePair<string, IReadOnlyList<string>>>? SearchAd(string angle, List<FactPiece> facts, SeededRandom random)
    {
        AdField headlines = Field("headlines"), descriptions = Field("descriptions"), paths = Field("paths");
        int wanted = 4 + random.Next(4);
        var top = Distinct(Lines(headlines, angle, facts, random).Take(wanted));
        // the product, once, where it fits
        if (!top.Any(t => t.Contains(material.ShortProduct, StringComparison.OrdinalIgnoreCase)) && TextLength.Of(material.ShortProduct, headlines).Fits)
            top[^1] = material.ShortProduct;
        var below = new List<string>();
        var rest = facts.ToList();
        for (int i = 0; i < 6 && below.Count < 2 + random.Next(2); i++)
        {
            if (Text(descriptions, "description", angle, rest, random, mustName: false) is { } text && !below.Any(b => Key(b) == Key(text)))
            {
                below.Add(text);
                rest = [.. rest.Where(f => !text.Contains(f.Text, StringComparison.OrdinalIgnoreCase)).Concat(rest).Distinct()];
            }
        }
        top = Distinct(top);
        if (top.Count < headlines.Min || below.Count < descriptions.Min)
            return null;
        var result = new List<KeyValuePair<string, IReadOnlyList<string>>> { new("headlines", top), new("descriptions", below) };
        if (random.Shuffled(material.Keywords.Concat(material.Verbs).SelectMany(PathOf)).Where(p => TextLength.Of(p, paths).Fits).Take(1 + random.Next(2)).ToList() is { Count: > 0 } path)
            result.Add(new("paths", path));
        return result;
    }

    private static IEnumerable<string> PathOf(string keyword)
    {
        string path = string.Join('-', PathWord().Matches(keyword).Select(m => m.Value));
        if (path.Length > 0)
            yield return path;
    }

    private static List<string> Distinct(IEnumerable<string> lines) => [.. lines.DistinctBy(Key)];

    private static string Key(string text) => FactBook.Squeeze(FoldedText.Fold(text));

    /// <summary>Short lines that fit a field: facts of the angle, then phrases and other facts, in changing order.</summary>
    private List<string> Lines(AdField field, string angle, List<FactPiece> facts, SeededRandom random)
    {
        bool Fits(string line) => line.Length > 0 && TextLength.Of(line, field).Fits;
        var pieces = facts.Concat(material.Clauses).Where(f => Fits(f.Text)).ToList();
        var own = random.Shuffled(pieces.Where(f => f.Angles.Contains(angle) && angle is not ("benefit" or "question")).Select(f => CopyMaterial.Capital(f.Text)));
        var others = random.Shuffled(pieces.Select(f => CopyMaterial.Capital(f.Text)).Except(own));
        var phrases = random.Shuffled(material.Book.Headlines[angle].SelectMany(material.Fill).Where(Fits));
        var calls = material.Calls.Where(Fits);
        // a fact, a phrase, a fact, a phrase …: what an ad says, and what makes it read like one
        var lines = new List<string>();
        var said = own.Concat(others).ToList();
        for (int i = 0; i < Math.Max(said.Count, phrases.Count); i++)
        {
            if (i < said.Count)
                lines.Add(said[i]);
            if (i < phrases.Count)
                lines.Add(phrases[i]);
            if (i == 1)
                lines.AddRange(calls);
        }
        return [.. lines.Concat(calls).DistinctBy(Key)];
    }

    /// <summary>A text by one of the field's layouts with as many facts as fit; null where not one fits.</summary>
    private string? Text(AdField field, string layouts, string angle, List<FactPiece> facts, SeededRandom random, bool mustName)
    {
        var book = material.Book;
        // a question must be asked, and only a question may stand behind what it asks about
        bool question = angle == "question";
        foreach (string layout in random.Shuffled(book.Layouts[layouts].Where(l => question ? !mustName || l.Contains("{hook}", StringComparison.Ordinal) : !HookBehind().IsMatch(l))).Take(3))
        {
            string hook = random.Pick(book.Hooks[angle].SelectMany(material.Fill).ToList());
            string call = random.Pick(material.Calls);
            string frame = layout.Replace("{hook}", hook, StringComparison.Ordinal)
                .Replace("{tag}", layout.Contains("{tag}", StringComparison.Ordinal) ? material.Tag(random) ?? "" : "", StringComparison.Ordinal)
                .Replace("{product}", material.Product, StringComparison.Ordinal);
            frame = material.Url.Length > 0 ? frame.Replace("{call}", call, StringComparison.Ordinal).Replace("{url}", material.Url, StringComparison.Ordinal)
                : WithoutAddress().Replace(frame, material.Sentence(call)).Replace("{call}.", material.Sentence(call), StringComparison.Ordinal)
                    .Replace("{call}。", material.Sentence(call), StringComparison.Ordinal);
            bool list = layout.Contains("{bullets}", StringComparison.Ordinal);
            if (Filled(frame, list, field, facts, mustName, list ? MaxFacts : facts.Count <= 2 ? 1 + random.Next(2) : 2 + random.Next(MaxFacts - 1)) is { } text)
                return text;
        }
        return null;
    }

    /// <summary>The frame with the facts that fit, in their order; null where none does, or the product would not be named.</summary>
    private string? Filled(string frame, bool list, AdField field, List<FactPiece> facts, bool mustName, int most)
    {
        var told = new List<FactPiece>();
        string? best = null;
        foreach (var fact in facts)
        {
            string text = With(frame, list, [.. told, fact]);
            if (!TextLength.Of(text, field).Fits)
            {
                // the fact is too long here; its first clause may do
                if (material.Clauses.FirstOrDefault(c => c.Fact == fact.Fact) is not { } clause)
                    continue;
                text = With(frame, list, [.. told, clause]);
                if (!TextLength.Of(text, field).Fits)
                    continue;
                told.Add(clause);
            }
            else
            {
                told.Add(fact);
            }
            best = text;
            if (told.Count == most)
                break;
        }
        if (list && told.Count < 2)
            return null; // one line is no list
        if (best is null || !mustName || Names(best))
            return best;
        // the product's name opens the text where it is not in it yet
        string named = material.Product + (best.Contains('\n', StringComparison.Ordinal) ? "\n" : material.Book.Name) + best;
        return TextLength.Of(named, field).Fits ? named : told.Count > 1 ? Filled(frame, list, field, [.. facts.Where(f => told[..^1].Any(t => t.Fact == f.Fact))], mustName, most) : null;
    }

    /// <summary>Whether a text names the product, its address aside.</summary>
    private bool Names(string text) => (material.Url.Length > 0 ? text.Replace(material.Url, "", StringComparison.Ordinal) : text)
        .Contains(material.ShortProduct, StringComparison.OrdinalIgnoreCase);

    /// <summary>Facts as sentences; short Chinese ones as one: 湯頭熬煮12小時，加麵免費。</summary>
    private string Sentences(List<FactPiece> facts) => material.Book.Join.Length == 0 && !facts.Any(f => f.Text.AsSpan().ContainsAny("，；。、：！？"))
        ? string.Join('，', facts.Select(f => f.Text)) + material.Book.Stop
        : string.Join(material.Book.Join, facts.Select(f => material.Sentence(f.Text)));

    private string With(string frame, bool list, List<FactPiece> facts)
    {
        string text = list
            ? frame.Replace("{bullets}", string.Join('\n', facts.Select(f => material.Book.Bullet + CopyMaterial.Capital(f.Text))), StringComparison.Ordinal)
            : frame.Replace("{facts}", Sentences(facts), StringComparison.Ordinal);
        return Tidy().Replace(text, m => m.Value.Contains('\n', StringComparison.Ordinal) ? m.Value.Trim(' ') : m.Value[0] == '.' ? "." : " ").Trim();
    }

    [GeneratedRegex(@"[a-z0-9]+|[\u3400-\u9fff]+", RegexOptions.IgnoreCase)]
    private static partial Regex PathWord();

    [GeneratedRegex(@"\{facts\}\s*\{hook\}")]
    private static partial Regex HookBehind();

    [GeneratedRegex(@"\{call\}(?::|：)\s?\{url\}")]
    private static partial Regex WithoutAddress();

    [GeneratedRegex(@" *\n *| {2,}|(?<!\.)\.{2}(?!\.)")]
    private static partial Regex Tidy();
}
