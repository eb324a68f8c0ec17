using System.Text.RegularExpressions;

namespace Syrinx.Ads;

/// <summary>A fact, or its first clause, ready to stand in copy.</summary>
/// <param name="Fact">Which fact of the brief, from 0.</param>
/// <param name="Text">Its words, without a full stop at the end.</param>
/// <param name="Angles">The angles that it serves; benefit is served by all.</param>
internal sealed record FactPiece(int Fact, string Text, IReadOnlySet<string> Angles);

/// <summary>
/// What of a brief may stand in copy: every piece has passed the checker on its own. The rest of the brief's words (product,
/// audience, keywords, call to action) are used only where they claim nothing.
/// </summary>
internal sealed partial class CopyMaterial
{
    public CopyMaterial(AdBrief brief, AdChecker checker)
    {
        Book = CopyBook.For(brief.CopyLanguage);
        Product = brief.Product;
        ShortProduct = ShortNameOf(brief.Product);
        Url = brief.Url;
        bool Clean(string text) => !checker.ProblemsOf(text, "", null).Any();
        Audience = brief.Audience.Length is > 0 and <= 40 && !brief.Audience.Any(char.IsDigit) && Clean(brief.Audience) ? Spoken(brief.Audience, brief.CopyLanguage) : "";
        CallToAction = brief.CallToAction.Length > 0 && Clean(brief.CallToAction) ? brief.CallToAction.TrimEnd('.', '!', '。', '！', ':', '：', ' ') : "";
        var keywords = brief.Keywords.Where(k => Clean(k) && IsCopyLanguage(k, brief.CopyLanguage)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        Verbs = [.. keywords.Where(k => VerbPhrase().IsMatch(k))];
        Keywords = [.. keywords.Where(k => !VerbPhrase().IsMatch(k) && !NoThing().IsMatch(k))];
        Calls = CallToAction.Length > 0 ? [CallToAction] : [.. (Url.Length > 0 ? Book.Calls : Book.CallsOffline).Select(c => c.Replace("{product}", ShortProduct, StringComparison.Ordinal)).Where(Clean)];

        var facts = brief.Facts.Select((text, i) => (Index: i, Text: text.TrimEnd('.', '。', ';', '；', ',', '，', ' '), Fact: checker.Facts.Facts[i]))
            .Where(f => f.Text.Length > 0 && !f.Fact.IsInstruction && Clean(f.Text)).ToList();
        var inLanguage = facts.Where(f => IsCopyLanguage(f.Text, brief.CopyLanguage)).ToList();
        Foreign = inLanguage.Count == 0 ? 0 : facts.Count - inLanguage.Count;
        var used = inLanguage.Count > 0 ? inLanguage : facts;
        Facts = [.. used.Select(f => new FactPiece(f.Index, f.Text, AnglesOf(f.Fact.Reading)))];
        Clauses = [.. used.Select(f => (f.Index, Text: FirstClause(f.Text, brief.CopyLanguage)))
            .Where(c => c.Text is not null && Clean(c.Text) && StandsAlone(checker, c.Text, c.Index))
            .Select(c => new FactPiece(c.Index, c.Text!, AnglesOf(checker.Facts.Read(c.Text!, asFact: true))))];
        Angles = [.. AdGenerator.Angles.Where(a => a is "benefit" or "question" || Facts.Any(f => f.Angles.Contains(a)))];
    }

    public CopyBook Book { get; }

    public string Product { get; }

    /// <summary>The product's name without what stands in brackets or behind a dash, for where the whole does not fit.</summary>
    public string ShortProduct { get; }

    public string Url { get; }

    /// <summary>Empty where it cannot be said.</summary>
    public string Audience { get; }

    /// <summary>The brief's own; empty where there is none or it claims something.</summary>
    public string CallToAction { get; }

    /// <summary>Keywords that name a thing.</summary>
    public IReadOnlyList<string> Keywords { get; }

    /// <summary>Keywords that name a doing.</summary>
    public IReadOnlyList<string> Verbs { get; }

    public IReadOnlyList<string> Calls { get; }

    /// <summary>Whole facts.</summary>
    public IReadOnlyList<FactPiece> Facts { get; }

    /// <summary>First clauses of facts that mean the same alone, for where the whole does not fit.</summary>
    public IReadOnlyList<FactPiece> Clauses { get; }

    /// <summary>Facts that are left out because they are in another language than the copy.</summary>
    public int Foreign { get; }

    /// <summary>The angles for which there are facts; benefit and question need none of their own.</summary>
    public IReadOnlyList<string> Angles { get; }

    /// <summary>The phrase with its placeholders filled, every way that the brief allows; none where it fills one not.</summary>
    public IEnumerable<string> Fill(string phrase)
    {
        string product = phrase.Contains("{product}", StringComparison.Ordinal) ? Product : "";
        foreach (string keyword in phrase.Contains("{keyword}", StringComparison.OrdinalIgnoreCase) ? Keywords : [""])
        {
            foreach (string verb in phrase.Contains("{verb}", StringComparison.Ordinal) ? Verbs : [""])
            {
                if (phrase.Contains("{audience}", StringComparison.Ordinal) && Audience.Length == 0)
                    continue;
                yield return phrase.Replace("{keyword}", keyword, StringComparison.Ordinal).Replace("{Keyword}", Capital(keyword), StringComparison.Ordinal)
                    .Replace("{verb}", verb, StringComparison.Ordinal).Replace("{audience}", Audience, StringComparison.Ordinal)
                    .Replace("{product}", product, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>A keyword as a hashtag (#FreshCoffee, #手沖咖啡); null where none makes one.</summary>
    public string? Tag(SeededRandom random)
    {
        var tags = Keywords.Select(k => string.Concat(k.Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal).Split([' ', '-', '/'], StringSplitOptions.RemoveEmptyEntries).Select(Capital)))
            .Where(t => t.Length is > 1 and <= 24 && t.All(char.IsLetterOrDigit) && !t.Any(char.IsDigit)).ToList();
        return tags.Count == 0 ? null : "#" + random.Pick(tags);
    }

    /// <summary>A piece as a sentence.</summary>
    public string Sentence(string text) => Capital(text) + (text[^1] is '.' or '!' or '?' or '。' or '！' or '？' or '…' ? "" : Book.Stop);

    /// <summary>The first letter large, unless the word has its own way of writing (iPhone).</summary>
    public static string Capital(string text)
    {
        if (text.Length == 0 || !char.IsLower(text[0]))
            return text;
        string word = text.Split(' ')[0];
        return word.Skip(1).Any(char.IsUpper) ? text : char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static HashSet<string> AnglesOf(Reading reading)
    {
        var angles = new HashSet<string> { "benefit", "question" };
        foreach (var claim in reading.Claims.Where(c => !c.Negated))
        {
            if (claim.Kind is ClaimKind.Price && claim.Role != "threshold" || claim.Kind == ClaimKind.Free && claim.Unit is not "without" || claim.Unit == "discount")
                angles.Add("price");
            if (claim.Unit == "date" && claim.Role is "until" or "from" || claim.Unit is "relative" or "timelimit")
                angles.Add("urgency");
            if (claim.Kind is ClaimKind.Superlative or ClaimKind.Guarantee or ClaimKind.Comparison || claim.Role == "founded" || IsRecord(claim))
                angles.Add("proof");
            if (claim.Role == "closed")
                angles.Add("closed");
        }
        return angles;
    }

    /// <summary>A rating, or how many customers, shops or sales there are.</summary>
    private static bool IsRecord(Claim claim) => claim.Kind == ClaimKind.Number
        && claim.Context.Noun.Concat(claim.Context.Topics).Any(w => w is "~review" or "~count_review" or "~star" or "~experience" or "~sales"
            || w is "~people" or "~company" or "~shop" && claim.Low >= 20);

    /// <summary>Whether a clause passes as a whole ad would: an offer without its condition does not.</summary>
    private static bool StandsAlone(AdChecker checker, string text, int fact)
    {
        var format = AdFormat.Find("x-post");
        var verdict = checker.Check(format, AdFields.Of(format, [KeyValuePair.Create<string, IReadOnlyList<string>>("text", [text])]));
        // what was the price is no offer
        return verdict.Problems.All(p => p.Rule is AdRules.Policy or AdRules.TooLong)
            && !checker.Facts.Read(text, asFact: true).Claims.Any(c => c.Role == "was") && fact >= 0;
    }

    /// <summary>What stands before the first comma, where it is more than a beginning; null where there is none.</summary>
    private static string? FirstClause(string text, AdLanguage language)
    {
        int end = ClauseEnd().Match(text) is { Success: true } comma ? comma.Index : -1;
        if (end <= 0)
            return null;
        string clause = text[..end].Trim();
        bool whole = language == AdLanguage.TraditionalChinese
            ? clause.Length >= 4 && !HanBeginning().IsMatch(clause) && !HanWhen().IsMatch(clause)
            : clause.Split(' ').Length >= 2 && !Beginning().IsMatch(clause) && !GoesOn().IsMatch(text[end..]);
        return whole ? clause : null;
    }

    /// <summary>Whether a text can stand in copy of a language: names and standards in Latin letters can in Chinese.</summary>
    private static bool IsCopyLanguage(string text, AdLanguage language)
    {
        int han = text.Count(c => c is >= '\u3400' and <= '\u9fff'), words = LatinWord().Count(text);
        return language == AdLanguage.TraditionalChinese ? han > 0 || words <= 3 : han == 0 || words > han;
    }

    private static string ShortNameOf(string product)
    {
        int end = product.IndexOfAny(['(', '（', '|', '｜', '–', '—', ':', '：', ',', '，']);
        return end >= 2 ? product[..end].Trim() : product;
    }

    // "People who brew at home" stands inside a sentence
    private static string Spoken(string audience, AdLanguage language)
    {
        audience = audience.TrimEnd('.', '。', ' ');
        return language == AdLanguage.English && audience.Length > 1 && char.IsUpper(audience[0]) && char.IsLower(audience[1])
            && OrdinaryWord().IsMatch(audience) ? char.ToLowerInvariant(audience[0]) + audience[1..] : audience;
    }

    [GeneratedRegex(@"^(?:learn|buy|find|get|rent|hire|visit|improve|speak|sell|save|book a|order a|make (?!up))\b.+|^(?:學(?!生|校|費|期|位|院|園|區|者|習)|買(?!賣)|訂(?!閱|單|製)|考(?!卷|生)|練(?!習)).+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex VerbPhrase();

    // questions and searches that are no names
    [GeneratedRegex(@"^(?:how|what|where|when|why|which|who|near|can|is|are|do|does)\b|\bnear me\b|怎麼|如何|哪裡|哪家|什麼", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoThing();

    [GeneratedRegex(@"[,;](?!\d{3})|[，；。]|\s[–—]\s")]
    private static partial Regex ClauseEnd();

    [GeneratedRegex(@"^(?:in|at|on|for|with|from|by|to|if|when|while|because|although|though|unless|after|before|until|since|as|not|no)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Beginning();

    [GeneratedRegex(@"^\W*(?:and|or|but|which|who|that|in|of|by|than|not|except|unless|if|when|where|at|on|from|with|until|before)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex GoesOn();

    [GeneratedRegex(@"^(?:如果|若|當|因為|雖然|只要|凡|除|自|從|在|於|經|由|為|原價|因)")]
    private static partial Regex HanBeginning();

    // 9月底前, 滿千元時: when and on what terms, and the rest of the fact says what
    [GeneratedRegex(@"(?:前|後|時|內|起|止|期間|以上|以下|的話|平日|假日|週末|[早晚]上|[上下]午|每[天日週月年]|[週期拜][一二三四五六日天])$")]
    private static partial Regex HanWhen();

    [GeneratedRegex(@"[A-Za-z]{2,}")]
    private static partial Regex LatinWord();

    [GeneratedRegex(@"^(?:people|anyone|everyone|families|parents|students|home|small|young|busy|new|first|side|adult|office|shop|coffee|those|travell?ers|runners|commuters|neighbours|neighbors|teams|owners|readers|beginners)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OrdinaryWord();
}
