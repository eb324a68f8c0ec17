using System.Text.RegularExpressions;

namespace Syrinx.Ads;

// No sugar, sugar-free, zero sugar, 無糖; no deposit, £0 deposit, 0元訂金, 免訂金: one and the same.
internal sealed partial class ClaimMatcher
{
    /// <summary>Whether the claim says that there is none of something, and the fact says so of the same.</summary>
    private bool SaysNoneToo(Claim claim, Fact fact)
    {
        var what = NoneOf(claim);
        what.RemoveWhere(w => IsAnyFee(w) || productWords.Contains(w));
        return what.Count > 0 && Pieces().Split(fact.Reading.Folded.Text).Any(p => NothingOf().IsMatch(p) && what.Overlaps(Vocabulary.Default.ContentOf(p)));
    }

    /// <summary>Free of interest is no other fee's matter.</summary>
    private static bool IsInterest(Claim claim) => claim.Literal.AsSpan().Contains("息", StringComparison.Ordinal) || claim.Literal.Contains("利率", StringComparison.Ordinal)
        || claim.Literal.Contains("interest", StringComparison.Ordinal);

    private static bool IsAnyFee(string word) => word[0] is '#' or '?' || word is "~rent" or "~price" or "fee" or "charge" or "cost" or "free" or "~battery";

    private static HashSet<string> FeeOf(Claim claim) => [.. NoneOf(claim).Where(w => !IsAnyFee(w))];

    private static HashSet<string> NoneOf(Claim claim) => claim switch
    {
        { Unit: "without" } => [claim.Literal],
        { Unit: "nofee" } => Vocabulary.Default.ContentOf(claim.Literal),
        { Low: 0, High: 0 } when claim.Unit == "count" => [.. claim.Context.Noun],
        { Kind: ClaimKind.Price, Low: 0, High: 0 } => [.. claim.Context.Noun],
        _ => [],
    };

    [GeneratedRegex(@"(?<![a-z\d.])(?:no|zero|without|0|free|non|never)(?![a-z\d.])|無|零|免|不含|不加|不收|不用|未添加|沒有|(?<!\d)0\s*[\u3400-\u9fff]")]
    private static partial Regex NothingOf();

    [GeneratedRegex(@"[,;:、。!?]|\.(?!\d)")]
    private static partial Regex Pieces();
}
