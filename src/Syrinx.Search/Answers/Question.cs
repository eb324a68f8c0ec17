using Syrinx.Search.Analysis;

namespace Syrinx.Search.Answers;

/// <summary>
/// What a question is about, as weighted slots that a text covers or does not. An English word is a slot of the weight of
/// its rarity (BM25's idf). A run of Chinese has a slot per character, covered by any pair that it is part of: pairs across
/// the border of two words are in no post, and must not count against it.
/// </summary>
internal sealed class Question
{
    private readonly List<Slot> _slots = [];

    private Question(string rewritten) => Rewritten = rewritten;

    /// <summary>What it is about, for people to read and for the search.</summary>
    public string Rewritten { get; private set; }

    /// <summary>Terms to retrieve by, with weights.</summary>
    public Dictionary<string, float> Terms { get; } = [];

    public int SlotCount => _slots.Count;

    /// <summary>Words, and runs of Chinese, that narrow what is asked for.</summary>
    public int StrongUnits { get; private set; }

    /// <summary>Takes a question apart.</summary>
    /// <param name="question">As asked.</param>
    /// <param name="context">What was asked before, where the question leans on it; counts seven tenths.</param>
    /// <param name="idf">Rarity of a term, by the index.</param>
    public static Question Parse(string question, string? context, Func<string, double> idf)
    {
        question = Shortened(question);
        string content = Content(question);
        var parsed = new Question(content);
        parsed.Add(content, 1, idf);
        if (context is { Length: > 0 })
        {
            string before = Content(Shortened(context));
            parsed.Add(before, 0.7, idf);
            parsed.Rewritten = $"{before} {content}".Trim();
        }
        return parsed;
    }

    /// <summary>Which slots a text's terms cover.</summary>
    public bool[] Cover(IReadOnlySet<string> terms)
    {
        var covered = new bool[_slots.Count];
        for (int i = 0; i < covered.Length; i++)
            covered[i] = _slots[i].Terms.Any(terms.Contains);
        return covered;
    }

    /// <summary>
    /// How much of the question is covered, 0 to 1, when each slot counts as much as the best of the texts that covers it;
    /// and 0 where the question's rarest word is in none of them: a post about anything else is no answer.
    /// </summary>
    /// <param name="texts">What each text covers, and how much it counts.</param>
    public double Evidence(ReadOnlySpan<(bool[] Covered, double Share)> texts)
    {
        double total = 0;
        double reached = 0;
        Span<double> unitTotal = stackalloc double[Units];
        Span<double> unitReached = stackalloc double[Units];
        for (int i = 0; i < _slots.Count; i++)
        {
            double best = 0;
            foreach (var (covered, share) in texts)
                best = covered[i] ? Math.Max(best, share) : best;
            var slot = _slots[i];
            total += slot.Weight;
            reached += slot.Weight * best;
            unitTotal[slot.Unit] += slot.Weight;
            unitReached[slot.Unit] += slot.Weight * Math.Ceiling(best);
        }
        if (total == 0)
            return 0;
        int key = 0;
        for (int unit = 1; unit < Units; unit++)
            key = unitTotal[unit] > unitTotal[key] ? unit : key;
        return unitReached[key] >= unitTotal[key] * 0.5 ? reached / total : 0;
    }

    /// <summary>How much of the question a text covers by itself, 0 to 1.</summary>
    public double Share(bool[] covered)
    {
        double total = _slots.Sum(slot => slot.Weight);
        return total > 0 ? _slots.Where((_, i) => covered[i]).Sum(slot => slot.Weight) / total : 0;
    }

    private const int MaxSlots = 48;

    /// <summary>What a word that narrows little counts.</summary>
    private const double WeakWeight = 0.3;

    private int Units { get; set; }


    private void Add(string content, double factor, Func<string, double> idf)
    {
        var tokens = TextTokenizer.Tokenize(content);
        for (int i = 0; i < tokens.Count && _slots.Count < MaxSlots;)
        {
            int end = i + 1;
            bool bigram = tokens[i].Kind == TokenKind.Bigram;
            while (end < tokens.Count && (bigram
                ? tokens[end].Kind == TokenKind.Bigram && tokens[end].Start < tokens[end - 1].End
                : tokens[end].Kind == TokenKind.Word && tokens[end].Start == tokens[end - 1].End + 1
                    && content[tokens[end].Start - 1] is '-' or '.'))
                end++;
            if (bigram)
                AddRun(tokens[i..end], factor, idf);
            else
                AddWords(content, tokens[i..end], factor, idf);
            i = end;
        }
    }

    /// <summary>
    /// A word, or several joined by hyphens, a slot each; a name, written with a capital, counts half as much again.
    /// </summary>
    private void AddWords(string content, List<Token> words, double factor, Func<string, double> idf)
    {
        bool any = false;
        bool name = words[0].Start > 0 && char.IsUpper(content[words[0].Start]);
        foreach (string term in words.Select(word => word.Term)
            .Where(term => !QuestionWords.IsEmpty(term) && !Terms.ContainsKey(term)))
        {
            bool weak = QuestionWords.IsWeak(term);
            double weight = factor * (weak ? WeakWeight : name ? 1.5 : 1);
            _slots.Add(new([term], weight * idf(term), Units));
            Terms[term] = (float)weight;
            StrongUnits += any || weak ? 0 : 1;
            any = true;
        }
        Units += any ? 1 : 0;
    }

    /// <summary>A run of overlapping pairs: a slot per character.</summary>
    private void AddRun(List<Token> pairs, double factor, Func<string, double> idf)
    {
        // a lone character is left over from cutting the question words out
        if (pairs.Count == 1 && pairs[0].Term.Length == 1)
            return;
        bool strong = false;
        for (int c = 0; c <= pairs.Count && _slots.Count < MaxSlots; c++)
        {
            string[] terms = [.. pairs.Skip(c - 1).Take(c == 0 ? 1 : 2).Select(p => p.Term).Distinct()];
            bool weak = terms.Any(QuestionWords.IsWeak);
            strong |= !weak;
            // of a pair's rarity each of its characters has half; the commoner pair tells what the character belongs to
            _slots.Add(new(terms, factor * (weak ? WeakWeight : 1) * terms.Min(idf) / 2, Units));
        }
        foreach (var pair in pairs)
            Terms.TryAdd(pair.Term, (float)(factor * (QuestionWords.IsWeak(pair.Term) ? WeakWeight : 1)));
        Units++;
        StrongUnits += strong ? 1 : 0;
    }

    private const string Signs = " ?？!！.。,，、\"“”「」():：;；~～";

    private static string Content(string question)
    {
        string text = QuestionWords.WithoutChinese(question);
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Trim([.. Signs]))
            .Where(word => word.Length > 0 && !TextTokenizer.Tokenize(word)
                .All(t => t.Kind == TokenKind.Word && QuestionWords.IsEmpty(t.Term)));
        return string.Join(' ', words);
    }

    private static string Shortened(string text) =>
        text.Length <= Querying.QueryParser.MaxLength ? text : text[..Querying.QueryParser.MaxLength];

    private readonly record struct Slot(string[] Terms, double Weight, int Unit);
}
