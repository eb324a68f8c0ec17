namespace Syrinx.Data.Corpus.Card;

/// <summary>Groups the reasons into the stages of the way from posts to documents, in the order in which they are
/// tried.</summary>
internal static class FlowStages
{
    private static readonly (string Stage, string[] Reasons)[] Stages =
    [
        ("consent", [DropReason.OptedOut, DropReason.AuthorState, DropReason.TrainingNotAllowed]),
        ("text", [DropReason.Repost, DropReason.Empty]),
        ("policy", [DropReason.Adult, DropReason.Toxic]),
        ("authenticity", [DropReason.Campaign, DropReason.Bot, DropReason.Spam]),
        ("language", [DropReason.MinorLanguage]),
        ("duplicates", [DropReason.ExactDuplicate, DropReason.NearDuplicate]),
        ("balance", [DropReason.AuthorCap, DropReason.Mix]),
        ("conversation", [DropReason.TooShort, DropReason.Repetitive, DropReason.Symbols]),
    ];

    public static List<FlowStage> Of(long posts, IReadOnlyDictionary<string, long> dropped)
    {
        List<FlowStage> flow = [];
        foreach (var (stage, reasons) in Stages)
        {
            var here = reasons.Where(r => dropped.GetValueOrDefault(r) > 0).ToDictionary(r => r, r => dropped[r]);
            flow.Add(new(stage, posts, here));
            posts -= here.Values.Sum();
        }
        return flow;
    }
}
