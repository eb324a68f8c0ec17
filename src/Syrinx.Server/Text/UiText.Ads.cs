// The words of the page /ads; their meaning is what EnglishText.Ads says.
using Syrinx.Ads;

namespace Syrinx.Server.Text;

public abstract partial class UiText
{
    /// <summary>The language in which the ads' rules give their reasons.</summary>
    internal AdLanguage AdLanguage => AdLanguages.Of(Culture);

    // The page
    public abstract string Ads { get; }
    public abstract string AdsTitle { get; }
    public abstract string AdsLead { get; }
    public abstract string WriteAdsFor(string product);
    public abstract string AdFormat { get; }
    public abstract string WriteOthers { get; }
    public abstract string DownloadCsv { get; }
    public abstract string AdsWritten(int count);
    public abstract string AdsRefused(int count);
    public abstract string Refused { get; }
    public abstract string WritingAds { get; }
    public abstract string StartWithExample { get; }
    public abstract string StartWithExampleHelp { get; }
    public abstract string NoAdPasses { get; }
    public abstract string DroppedDrafts(int count);
    public abstract string DroppedDraftsNote { get; }
    public abstract string AdsFailed { get; }

    // The brief
    public abstract string Brief { get; }
    public abstract string ChooseExample { get; }
    public abstract string YourOwnBrief { get; }
    public abstract string Product { get; }
    public abstract string AdUrl { get; }
    public abstract string AdUrlPlaceholder { get; }
    public abstract string AdAudience { get; }
    public abstract string AdLanguageLabel { get; }
    public abstract string Facts { get; }
    public abstract string FactsPlaceholder { get; }
    public abstract string FactsHelp { get; }
    public abstract string Keywords { get; }
    public abstract string BetweenCommas { get; }
    public abstract string AdTone { get; }
    public abstract string CallToAction { get; }
    public abstract string BannedWords { get; }
    public abstract string AdCategory { get; }
    public abstract string MoreWishes { get; }
    public abstract string BriefIncomplete { get; }
    public abstract string BriefRefused { get; }
    public abstract string BriefBroken { get; }
    public abstract string BriefBrokenSince { get; }
    public abstract string UrlMustBeWeb { get; }
    public abstract string TooManyLines(int count, int most);
    public abstract string LineTooLong(int line, int length, int most);
    public abstract string BriefItem(int number, string problem);

    // One ad
    public abstract string AiMade { get; }
    public abstract string AdNumber(int number);
    public abstract string AdLabel { get; }
    public abstract string Sponsored { get; }
    public abstract string YourPicture { get; }
    public abstract string FactOfBrief { get; }
    public abstract string LengthUsed(int used, int limit);
    public abstract string EditAd { get; }
    public abstract string EditAdLabel(int number);
    public abstract string DoneEditing { get; }
    public abstract string UndoEdits { get; }
    public abstract string EditedByYou { get; }
    public abstract string OneMore { get; }
    public abstract string AnotherCombination { get; }
    public abstract string CombinationNote { get; }
    public abstract string PolicyRules { get; }
    public abstract string Score { get; }
    public abstract string ScoreNote { get; }
    public abstract string ScoreRoom { get; }
    public abstract string ScoreFacts { get; }
    public abstract string ScoreKeywords { get; }
    public abstract string ScoreDifference { get; }

    // The model's part
    public abstract string ModelDrafts(string name);
    public abstract string NoModelDrafts { get; }
    public abstract string TinyModelDrafts(string name, long parameters);
    public abstract string ModelDraftsRefused(int passed, int drafts);
    public abstract string ModelDraftsUsed(string name, int passed, int drafts);
    public abstract string ModelHasNoRoom(int tokens);
    public abstract string ModelBusy { get; }
    public abstract string ModelsAdsReady { get; }
    public abstract string ShowModelsAds { get; }

    /// <summary>How an ad goes about it (<c>AdVariant.Angle</c>).</summary>
    public abstract string AdAngle(string angle);

    /// <summary>Why copy is refused (<c>AdRules</c>), or a draft was dropped.</summary>
    public abstract string AdRule(string rule);

    /// <summary>What the policy says (<c>AdPolicyVerdict.Verdict</c>).</summary>
    public abstract string AdPolicyVerdict(string verdict);
}
