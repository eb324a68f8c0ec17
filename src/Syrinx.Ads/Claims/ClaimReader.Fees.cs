using System.Text.RegularExpressions;

namespace Syrinx.Ads;

// A fee that is not asked for, whichever fee it is: "no parking charge", "the fee is waived", "we cover the postage", 安裝費全免.
internal sealed partial class ClaimReader
{
    private void ReadFees()
    {
        foreach (Match match in NoSuchFee().Matches(_text).Concat(Waived().Matches(_text)).Concat(NotCharged().Matches(_text)).Concat(NoFeeHan().Matches(_text)))
            AddFee(match);
        foreach (Match match in Treat().Matches(_text))
            AddWord(ClaimKind.Free, match, "free");
    }

    /// <summary>The fee of delivery has a name of its own among free things: 免運.</summary>
    private void AddFee(Match match)
    {
        bool isDelivery = match.Value.Contains("運費", StringComparison.Ordinal);
        AddWord(ClaimKind.Free, match, isDelivery ? "free" : "nofee", isDelivery ? "~delivery" : null);
    }

    [GeneratedRegex(@"(?<![a-z])(?:no|zero|without(?:\s+an?y?)?)\s+(?:(?:extra|additional|hidden|separate|further)\s+)?(?!(?:extra|additional|hidden|separate|further)\s)(?:(?!(?:or|and|in|on|at|to|of)\s)[a-z\-]+\s+){1,3}?(?:fees?|charges?|surcharges?|costs?)(?![a-z])")]
    private static partial Regex NoSuchFee();

    [GeneratedRegex(@"(?<![a-z])(?:[a-z\-]+\s+){0,2}(?:fees?|charges?|costs?|postage|deposit)\s+(?:(?:is|are|gets?|will\s+be|always)\s+)*waived|(?<![a-z])waiv(?:e|es|ed|ing)\s+(?:the|your|all|any|its|our)\s+(?:[a-z\-]+\s+){0,2}(?:fees?|charges?|costs?|postage|deposit)|(?<![a-z])we(?:'ll|\s+will|\s+always)?\s+(?:pay|cover|absorb)\s+(?:for\s+)?(?:the|your|all|any)\s+(?:[a-z\-]+\s+){0,2}(?:postage|shipping|delivery|fees?|charges?|costs?)(?![a-z])")]
    private static partial Regex Waived();

    // "we don't charge for quotes"; not the battery
    [GeneratedRegex(@"(?<![a-z])(?:we|we'll)\s+(?:never|don't|do\s+not|won't|will\s+not)\s+charge(?:\s+(?:you|extra|anything|a\s+(?:penny|cent)))*(?:\s+(?:a|an|any|the)\s+(?:[a-z\-]+\s+){1,3}?(?:fees?|charges?))?(?:\s+(?:for|to)\s+(?:the\s+|your\s+|an?\s+)?[a-z\-]+(?:\s+[a-z\-]+)?)?(?![a-z])")]
    private static partial Regex NotCharged();

    [GeneratedRegex(@"免(?:收|付|繳)?(?![費運收付繳])[\u3400-\u9fff]{1,4}?費(?!心|力|時|工|神|解|用)|(?:(?![，、])[\u3400-\u9fff]){1,4}費用?(?:全免|全額減免|免收|免付|一律免|我們出|我們付|我們吸收|由?(?:我們|本店|店家|我方|賣家|公司)(?:負擔|出|付|吸收)|算我們的|不收|[0零]元)|不(?:另外?|再|多|會|用|需|必)?(?:另外|額外)?(?:加?收取?|付|多收|計)(?:任何)?(?!費)[\u3400-\u9fff]{1,4}?費(?!用)")]
    private static partial Regex NoFeeHan();

    // what is given in other words than "free"; "count on us" gives nothing
    [GeneratedRegex(@"(?<!(?<![a-z])(?:count|rely|depend|lean|call|rest\s+is|eyes?|drop\s+in|look|pop\s+in|trust|it's\s+all|that's)\s+)(?<![a-z])on\s+us(?![a-z])|(?<![a-z])(?:thrown\s+in(?!to)|our\s+treat(?![a-z])|you\s+pay\s+nothing(?!\s+(?:up|until|today|now|extra|more))|nothing\s+(?:extra\s+)?to\s+pay|(?:won't|doesn't|don't|will\s+not|does\s+not)\s+cost\s+(?:you\s+)?(?:a\s+(?:penny|cent|thing)|anything|extra))(?![a-z])|不用(?:另外|額外|再)?(?:付錢|花錢)|(?:我們|店家|本店|老闆)請客|(?<![被受])招待(?!客|朋|親|所|會|賓|來|好|您的|你的)")]
    private static partial Regex Treat();
}
