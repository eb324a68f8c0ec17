// The words; their meaning is what EnglishText says.
namespace Syrinx.Server.Text;

public abstract partial class UiText
{
    // The frame
    public abstract string Tagline { get; }
    public abstract string SwitchToThis { get; }
    public abstract string SkipToContent { get; }
    public abstract string MainNavigation { get; }
    public abstract string Home { get; }
    public abstract string Chat { get; }
    public abstract string Search { get; }
    public abstract string SwitchScheme { get; }
    public abstract string ThisIsAnAi { get; }
    public abstract string NoModelYet { get; }
    public abstract string TinyModel(string name, long parameters);
    public abstract string OrdinaryModel(string name, long? parameters);
    public abstract string PageFailed { get; }
    public abstract string PageFailedHelp { get; }
    public abstract string Reload { get; }
    public abstract string Reconnecting { get; }
    public abstract string ConnectionLost { get; }
    public abstract string TryAgain { get; }
    public abstract string NeedsScript { get; }
    public abstract string PageMissing { get; }
    public abstract string PageMissingHelp { get; }
    public abstract string ToHome { get; }
    public abstract string ToSearch { get; }

    // Posts
    public abstract string UnknownAuthor { get; }
    public abstract string OpenPost { get; }
    public abstract string OpenPostOf(string author);
    public abstract string PostsUnit { get; }

    // Home
    public abstract string HeroTitle(long posts);
    public abstract string HeroTitleEmpty { get; }
    public abstract string HeroLead { get; }
    public abstract string HeroLeadEmpty { get; }
    public abstract string NothingBuilt { get; }
    public abstract string Ask { get; }
    public abstract string Suggestions { get; }
    public abstract IReadOnlyList<string> ExampleQuestions { get; }
    public abstract IReadOnlyList<string> ExampleSearches { get; }
    public abstract string TheWay { get; }
    public abstract string StationPosts { get; }
    public abstract string StationCorpus { get; }
    public abstract string StationTokens { get; }
    public abstract string StationModel { get; }
    public abstract string StationIndex { get; }
    public abstract string DocumentsUnit { get; }
    public abstract string TokensUnit { get; }
    public abstract string ParametersUnit { get; }
    public abstract string SearchableUnit { get; }
    public abstract string IndexNote { get; }
    public abstract string NotYet { get; }
    public abstract string InLanguages(int count);
    public abstract string KeptShare(double share);
    public abstract string VocabularyOf(int size);
    public abstract string HowItLearned { get; }
    public abstract string TrainingRuns { get; }
    public abstract string TrainedIn(int runs);
    public abstract string TrainingNow { get; }
    public abstract string LossExplained { get; }
    public abstract string LossChart { get; }
    public abstract string LossFell(double from, double to, long step);
    public abstract string StepsOf(string run);
    public abstract string TrainingLoss { get; }
    public abstract string ValidationLoss { get; }
    public abstract string TheModel { get; }
    public abstract string TheTinyModel { get; }
    public abstract string Parameters { get; }
    public abstract string TinyNote { get; }
    public abstract string Shape { get; }
    public abstract string ShapeOf(int layers, int width);
    public abstract string Context { get; }
    public abstract string TokensOf(long n);
    public abstract string TokensSeen { get; }
    public abstract string ComputeSpent { get; }
    public abstract string NatsAToken { get; }
    public abstract string BitsPerByte { get; }
    public abstract string Energy { get; }
    public abstract string Estimate { get; }
    public abstract string Languages { get; }
    public abstract string OtherItems { get; }
    public abstract string LeftOut { get; }
    public abstract string LeftOutNote { get; }
    public abstract string CorpusCard { get; }
    public abstract string Communities { get; }
    public abstract string OverTime { get; }
    public abstract string Lengths { get; }
    public abstract string LengthsNote { get; }
    public abstract string LengthBar(double from, double? to);

    // Chat
    public abstract string Conversation { get; }
    public abstract string YourConversations { get; }
    public abstract string NewConversation { get; }
    public abstract string NoConversations { get; }
    public abstract string CloseList { get; }
    public abstract string ConversationMenu(string title);
    public abstract string Rename { get; }
    public abstract string RenameConversation { get; }
    public abstract string ConversationTitle { get; }
    public abstract string Delete { get; }
    public abstract string DeleteQuestion { get; }
    public abstract string DeleteForGood(string title);
    public abstract string Deleted { get; }
    public abstract string Cancel { get; }
    public abstract string Save { get; }
    public abstract string ConversationGone { get; }
    public abstract string ConversationGoneHelp { get; }
    public abstract string AskThePosts { get; }
    public abstract string AskThePostsHelp { get; }
    public abstract string YourQuestion { get; }
    public abstract string QuestionPlaceholder { get; }
    public abstract string ComposerHint { get; }
    public abstract string Send { get; }
    public abstract string Stop { get; }
    public abstract string Stopped { get; }
    public abstract string YouAsked { get; }
    public abstract string FromThePosts { get; }
    public abstract string SearchingPosts { get; }
    public abstract string NothingFound { get; }
    public abstract string NothingToAsk { get; }
    public abstract string CitationLabel(int number, string author);
    public abstract string QuotedPosts(int count);
    public abstract string ModelsOwnWords { get; }
    public abstract string TinyModelsOwnWords { get; }
    public abstract string OwnWordsNote { get; }
    public abstract string ModelThinks { get; }
    public abstract string ModelSilent { get; }
    public abstract string TooLongForModel { get; }
    public abstract string ModelBusyNow { get; }
    public abstract string AskFailed { get; }
    public abstract string BrokenOff { get; }
    public abstract string ConversationFull { get; }
    public abstract string QuestionFull(int most);
    public abstract string QuestionTooLong(int length, int most);
    public abstract string Declined { get; }

    public abstract string PersonaRefused { get; }
    public abstract string Copy { get; }
    public abstract string Copied { get; }
    public abstract string AskAgain { get; }
    public abstract string SearchTook(double ms);
    public abstract string ModelTook(long tokens, double perSecond);

    // Search
    public abstract string SearchThePosts { get; }
    public abstract string SearchPlaceholder { get; }
    public abstract string SearchHelp { get; }
    public abstract string SearchWelcome { get; }
    public abstract string SearchWelcomeHelp { get; }
    public abstract string NoHits { get; }
    public abstract string NoHitsHelp { get; }
    public abstract string NoIndex { get; }
    public abstract string NoIndexHelp { get; }
    public abstract string SearchFailed { get; }
    public abstract string SearchFailedHelp { get; }
    public abstract string HitsCount(int total, double ms);
    public abstract string Relaxed { get; }
    public abstract string QueryShortened { get; }
    public abstract string Filters { get; }
    public abstract string From { get; }
    public abstract string Until { get; }
    public abstract string Author { get; }
    public abstract string Community { get; }
    public abstract string LanguageFilter { get; }
    public abstract string Any { get; }
    public abstract string ClearFilters { get; }
    public abstract string RemoveFilter(string what);
    public abstract string HitsPerMonth { get; }
    public abstract string OrderBy { get; }
    public abstract string BestFirst { get; }
    public abstract string NewestFirst { get; }
    public abstract string MoreHits { get; }
    public abstract string Likes(long n);
    public abstract string Replies(long n);
    public abstract string Results { get; }
    public abstract string Demoted { get; }
    public abstract IReadOnlyList<(string Typed, string Means)> OperatorHelp { get; }

    /// <summary>A language by its BCP 47 tag.</summary>
    public abstract string Language(string tag);

    /// <summary>Why a post was left out (<c>Syrinx.Data.Corpus.DropReason</c>).</summary>
    public abstract string DropReason(string reason);
}
