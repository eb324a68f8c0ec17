namespace Syrinx.Server.Text;

internal sealed partial class EnglishText
{
    // The page
    public override string Ads => "Ads";
    public override string AdsTitle => "Ads that keep to the facts";
    public override string AdsLead =>
        "Every claim leads back to one of your facts, every text fits its limit, and the policy is checked.";
    public override string WriteAdsFor(string product) => $"Write ads for {product}";
    public override string AdFormat => "Format";
    public override string WriteOthers => "Write others";
    public override string DownloadCsv => "Download as CSV; refused ads stay out";
    public override string AdsWritten(int count) => count == 1 ? "One ad" : $"{count} ads";
    public override string AdsRefused(int count) => count == 1 ? "one refused" : $"{count} refused";
    public override string Refused => "refused";
    public override string WritingAds => "Writing…";
    public override string StartWithExample => "Start from an example";
    public override string StartWithExampleHelp =>
        "Shops of Cuihe, a town that does not exist. Or write a brief of your own: a product and one fact are enough.";
    public override string NoAdPasses => "No ad passes";
    public override string DroppedDrafts(int count) =>
        count == 1 ? "One draft was dropped" : $"{Number(count)} drafts were dropped";
    public override string DroppedDraftsNote => "Only what passes every check is shown.";
    public override string AdsFailed => "The ads could not be written";

    // The brief
    public override string Brief => "Brief";
    public override string ChooseExample => "Examples…";
    public override string YourOwnBrief => "Your own brief";
    public override string Product => "Product";
    public override string AdUrl => "Where the ad leads";
    public override string AdUrlPlaceholder => "https://… (optional)";
    public override string AdAudience => "Who it is for";
    public override string AdLanguageLabel => "Language of the ads";
    public override string Facts => "Facts, one a line";
    public override string FactsPlaceholder => "Pour-over for NT$140\nOpen 9 to 6";
    public override string FactsHelp => "all that may be claimed";
    public override string Keywords => "Keywords";
    public override string BetweenCommas => "between commas";
    public override string AdTone => "Tone";
    public override string CallToAction => "Call to action";
    public override string BannedWords => "Banned words";
    public override string AdCategory => "Category";
    public override string MoreWishes => "More wishes";
    public override string BriefIncomplete => "Give a product and at least one fact; the ads appear by themselves.";
    public override string BriefBroken => "Mend what is marked red in the brief; then the ads appear.";
    public override string BriefBrokenSince => "Mend what is marked red in the brief. These ads are still those of the brief before.";
    public override string BriefRefused => "The brief cannot be used:";
    public override string UrlMustBeWeb => "This must be a web address: https://…";
    public override string TooManyLines(int count, int most) => $"{Number(count)} are too many; at most {most} are taken.";
    public override string LineTooLong(int line, int length, int most) =>
        $"Number {line} has {Number(length)} characters; at most {most} are taken.";
    public override string BriefItem(int number, string problem) => $"Number {number}: {problem}";

    // One ad
    public override string AiMade => "AI-made";
    public override string AdNumber(int number) => $"Ad {number}";
    public override string AdLabel => "Ad";
    public override string Sponsored => "Sponsored";
    public override string YourPicture => "your picture";
    public override string FactOfBrief => "Your fact";
    public override string LengthUsed(int used, int limit) => $"{used} of {limit} used";
    public override string EditAd => "Edit";
    public override string EditAdLabel(int number) => $"Edit ad {number}";
    public override string DoneEditing => "Done";
    public override string UndoEdits => "Undo";
    public override string EditedByYou => "edited by you";
    public override string OneMore => "one more…";
    public override string AnotherCombination => "Another combination";
    public override string CombinationNote => "One of the combinations that Google may show";
    public override string PolicyRules => "What the policy says";
    public override string Score => "Score";
    public override string ScoreNote => "How well the ad uses the brief. It predicts no clicks.";
    public override string ScoreRoom => "room used";
    public override string ScoreFacts => "facts told";
    public override string ScoreKeywords => "keywords used";
    public override string ScoreDifference => "unlike the others";

    // The model's part
    public override string ModelDrafts(string name) => $"The model “{name}” is drafting, too…";
    public override string NoModelDrafts => "There is no model yet: the ads are put together from your facts by rule.";
    public override string TinyModelDrafts(string name, long parameters) =>
        $"“{name}” is a tiny demo model of {Compact(parameters)} parameters, too small to write ads of its own.";
    public override string ModelDraftsRefused(int passed, int drafts) =>
        $"{passed} of its {drafts} drafts passed every check, too few to use any; these ads are put together from your facts by rule.";
    public override string ModelDraftsUsed(string name, int passed, int drafts) =>
        $"{passed} of the {drafts} drafts of “{name}” passed every check and are among these ads.";
    public override string ModelHasNoRoom(int tokens) =>
        $"Its context of {Number(tokens)} tokens has no room for a brief and an ad; these ads are put together from your facts by rule.";
    public override string ModelBusy => "The model is busy with others, so its drafts are missing.";
    public override string ModelsAdsReady => "The model's drafts are good enough.";
    public override string ShowModelsAds => "Show them";

    public override string AdAngle(string angle) => angle switch
    {
        "price" => "Price",
        "benefit" => "Benefit",
        "urgency" => "Right now",
        "proof" => "Proof",
        "question" => "Question",
        _ => angle.Replace('_', ' '),
    };

    public override string AdRule(string rule) => rule switch
    {
        "too_long" => "Too long",
        "too_few" => "Something is missing",
        "too_many" => "Too many",
        "invalid_character" => "Not a character for an ad",
        "duplicate" => "Twice the same",
        "unsupported_claim" => "No fact says so",
        "banned_word" => "Banned word",
        "policy" => "Against the policy",
        "too_similar" => "Too much like another",
        _ => rule.Replace('_', ' '),
    };

    public override string AdPolicyVerdict(string verdict) => verdict switch
    {
        "allowed" => "Policy: allowed",
        "restricted" => "Policy: with conditions",
        "prohibited" => "Policy: prohibited",
        _ => verdict.Replace('_', ' '),
    };
}
