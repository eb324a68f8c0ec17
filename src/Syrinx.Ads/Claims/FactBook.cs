using System.Text.RegularExpressions;

namespace Syrinx.Ads;

/// <summary>Why a claim found no fact.</summary>
internal enum Mismatch
{
    /// <summary>No fact says anything of that kind.</summary>
    NoSuchFact,

    /// <summary>A fact says it with another value.</summary>
    OtherValue,

    /// <summary>The value stands in a fact about something else.</summary>
    OtherThing,

    /// <summary>The claim reaches further than the fact.</summary>
    TooFar,
}

/// <summary>A fact of the brief, read.</summary>
/// <param name="Text">As it stands in the brief.</param>
/// <param name="Reading">Its claims; empty for a sentence to the machine, which is no fact.</param>
/// <param name="Words">All its content words.</param>
/// <param name="Squeezed">Its letters and digits alone.</param>
/// <param name="Conditions">For whom it holds, when not for all.</param>
/// <param name="IsInstruction">Whether it speaks to the machine.</param>
internal sealed partial record Fact(
    string Text, Reading Reading, IReadOnlySet<string> Words, string Squeezed, IReadOnlyList<(string Id, Regex Pattern)> Conditions, bool IsInstruction)
{
    /// <summary>What one must do for it to hold: the verb of "when you enroll"; or be: "off for nurses".</summary>
    public IEnumerable<string> Deeds => WhenYou().Matches(Reading.Folded.Text).Concat(OffFor().Matches(Reading.Folded.Text)).Select(m => m.Groups[1].Value)
        .Where(w => !Vocabulary.Default.IsStop(w) && w is not ("want" or "need" or "wish")).Select(Stemmer.Stem);

    // "10% off for nurses"
    [GeneratedRegex(@"(?<![a-z])(?:off|discount)\s+for\s+([a-z]+s)(?![a-z])")]
    private static partial Regex OffFor();

    [GeneratedRegex(@"(?<![a-z])(?:when|if)\s+you\s+([a-z]+)")]
    private static partial Regex WhenYou();

    /// <summary>The amounts that must be reached for it to hold: "over NT$500", 兩包以上, "stay three nights".</summary>
    public IEnumerable<Claim> Thresholds => Reading.Claims.Where(c => c.Role == "threshold"
        || c.Unit == "age" && (!Reading.Claims.Any(IsFree) || Reading.Claims.Any(f => IsFree(f) && InOnePart(c, f)) || !Reading.Claims.Any(o => o.Unit == "age" && Reading.Claims.Any(f => IsFree(f) && InOnePart(o, f)))) || c.Unit == "count" && c.Bound is Bound.LessThan && Reading.Claims.Any(f => f.Kind == ClaimKind.Free)
        || c is { Unit: "weekday", Role: "", Literal.Length: <= 5 } && Reading.Claims.Any(f => f.Kind == ClaimKind.Free || f.Unit == "discount")
        || c.Unit is "time" or "months" && Reading.Claims.Any(f => f.Kind == ClaimKind.Free) && UntilBefore().IsMatch(Reading.Folded.Text[..c.Start])
        || c.Unit is "count" or "night" or "mass" or "volume" && (c.Bound is Bound.Plus or Bound.AtLeast || BuyBefore().IsMatch(Reading.Folded.Text[..c.Start]))
        || c.Unit is "months" or "time" && c.Bound is Bound.Plus && Reading.Claims.Any(f => f.Kind == ClaimKind.Free || f.Unit == "discount")
        || c.Unit is "months" or "time" && ContractBefore().IsMatch(Reading.Folded.Text[..c.Start]));

    private static bool IsFree(Claim claim) => claim.Kind == ClaimKind.Free;

    /// <summary>Whether no comma stands between: of 3 歲以下免費，65 歲以上 1,380 元 only the first bounds what is free.</summary>
    private bool InOnePart(Claim a, Claim b) => Reading.Folded.Text.AsSpan(Math.Min(a.End, b.End), Math.Max(0, Math.Max(a.Start, b.Start) - Math.Min(a.End, b.End))).IndexOfAny(",;、。") < 0;

    [GeneratedRegex(@"(?<![a-z])(?:until|till|up\s+to)\s*$")]
    private static partial Regex UntilBefore();

    [GeneratedRegex(@"(?:(?<![a-z])(?:sign(?:\s+up)?\s+for|stay|commit\s+to|prepay|contract\s+of)\s+(?:a\s+)?|簽約?|續約|綁約|預繳|租滿|連租)\s*$")]
    private static partial Regex ContractBefore();

    [GeneratedRegex(@"(?:(?<![a-z])free\s[a-z\s]{1,30}\son\s*$|(?<![a-z])(?:buy|order|any|stay|book|when\s+you\s+(?:buy|order))\s+(?:any\s+)?|買|購|滿|訂|連住|住|任選|選)\s*$")]
    private static partial Regex BuyBefore();
}

/// <summary>What was found for a claim: the facts that support it, or why there are none and the one that comes nearest.</summary>
internal readonly record struct Support(IReadOnlyList<Fact> Facts, Mismatch Mismatch, Fact? Nearest);

/// <summary>
/// The facts of a brief, and whether they support a claim. Immutable and safe to share between threads.
/// </summary>
internal sealed class FactBook
{
    private readonly ClaimMatcher _matcher;

    public FactBook(AdBrief brief)
    {
        Money = new(brief);
        Names = [FoldedText.Fold(brief.Product)];
        Facts = [.. brief.Facts.Select(Read)];
        var words = Vocabulary.Default;
        _matcher = new(words.ContentOf(Names[0]), words.ContentOf(FoldedText.Fold($"{string.Join('\n', brief.Keywords)}\n{brief.Category}")));
    }

    public MoneyReader Money { get; }

    /// <summary>The product's name, folded.</summary>
    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<Fact> Facts { get; }

    /// <summary>The claims of a text, denials left out: "no guarantee" promises nothing.</summary>
    public Reading Read(string text, bool asFact)
    {
        var reading = ClaimReader.Read(text, Money, Names, asFact);
        return asFact ? reading : reading with
        {
            Claims = [.. reading.Claims.Where(c => !(c.Negated
                && c.Kind is ClaimKind.Guarantee or ClaimKind.Free or ClaimKind.Superlative or ClaimKind.Urgency) && !(c.IsLoose && SaysNothing(reading, c)))],
        };
    }

    /// <summary>Whether a loose number counts nothing that a fact counts.</summary>
    private bool SaysNothing(Reading reading, Claim claim) => claim.Unit == Claim.Floor ? !Facts.Any(f => f.Reading.Claims.Any(c => c.Unit == Claim.Floor))
        : claim.Unit != "count" ? Find(reading, claim).Facts.Count == 0 && !Facts.Any(f => MeasuresTheSame(claim, f))
        : !Facts.Any(f => claim.Context.Noun.Concat(claim.Context.NounFollows && !claim.HasCounter ? [] : claim.Context.Clause).Any(w => w[0] != '#' && (f.Words.Contains(w) || w == "~time_s" && f.Reading.Claims.Any(c => c.Counted == w || c.Context.Noun.Contains(w)))))
            && (!claim.Context.NounFollows && !claim.HasCounter || claim.Low <= 3 && claim.Context.Noun.All(n => n is "~people" or "~age" || !ClaimMatcher.Telling.Contains(n)));

    /// <summary>Whether a fact has a value of the same kind beside the words of a loose one: "repairs take an hour", where they take 45 minutes.</summary>
    private static bool MeasuresTheSame(Claim claim, Fact fact)
    {
        bool Shared(string word) => word[0] is not ('#' or '~') && fact.Words.Contains(word);
        // every week is another frequency than every two weeks; it is no 48 hours
        return fact.Reading.Claims.Any(c => c.Unit == claim.Unit && (claim.Unit != "time" || claim.Low < 604_800 || c.Low % 604_800 == 0)
            && (claim.Context.Topics.Overlaps(c.Context.Topics) || claim.Context.Clause.Any(Shared) || claim.Unit == "clock" && claim.Context.Sentence.Count(Shared) >= 2));
    }

    /// <summary>The facts that support a claim of a text.</summary>
    public Support Find(Reading text, Claim claim)
    {
        var supporting = new List<Fact>();
        var best = new Support([], Mismatch.NoSuchFact, null);
        foreach (var fact in Facts)
        {
            if (fact.IsInstruction)
                continue;
            if (StandsVerbatim(text, claim, fact))
            {
                supporting.Insert(0, fact);
                continue;
            }
            var mismatch = _matcher.Compare(claim, fact, Facts);
            if (mismatch is null)
                supporting.Add(fact);
            else if (mismatch > best.Mismatch || mismatch == best.Mismatch && best.Nearest is { } other && Common(claim, fact) > Common(claim, other))
                best = new([], mismatch.Value, mismatch == Mismatch.NoSuchFact ? null : fact);
        }
        if (supporting.Count > 0 && _matcher.BelongsElsewhere(claim, supporting, Facts) && !supporting.Any(f => StandsVerbatim(text, claim, f)))
            return new([], Mismatch.OtherThing, supporting[0]);
        return supporting.Count > 0 ? new(supporting, default, null) : best;
    }

    /// <summary>Whether the claim lies in a fact that the text repeats word for word, reaching no further.</summary>
    private static bool StandsVerbatim(Reading text, Claim claim, Fact fact)
    {
        string sentence = fact.Reading.Folded.Text.Trim(' ', '.', '!', '。', ',', ';');
        if (sentence.Length < 6 || claim.Context.Scope.Any(s => s[0] != '=' && s != Claim.Both && !sentence.Contains(s, StringComparison.Ordinal)))
            return false;
        string whole = text.Folded.Text;
        for (int at = whole.IndexOf(sentence, StringComparison.Ordinal); at >= 0; at = whole.IndexOf(sentence, at + 1, StringComparison.Ordinal))
        {
            if (at <= claim.Start && claim.End <= at + sentence.Length)
                return true;
        }
        return false;
    }

    private static int Common(Claim claim, Fact fact) => claim.Context.Sentence.Count(fact.Words.Contains);

    private Fact Read(string text)
    {
        var words = Vocabulary.Default;
        string folded = FoldedText.Fold(text);
        bool instruction = words.Instructions.IsMatch(folded) || OrdersToJudges.Default.Find(folded) is not null;
        var reading = instruction ? new Reading(FoldedText.Of(text), []) : Read(text, asFact: true);
        return new(text, reading, words.ContentOf(folded), Squeeze(folded),
            [.. words.Conditions.Where(c => c.Pattern.IsMatch(folded) && !(c.Id == "member" && words.IsForNew(folded)))], instruction);
    }

    /// <summary>Letters, digits and Chinese characters alone.</summary>
    public static string Squeeze(string folded) => string.Concat(folded.Where(char.IsLetterOrDigit));
}
