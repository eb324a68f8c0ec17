using System.Globalization;
using Syrinx.Server.Safety;

namespace Syrinx.Server.Text;

/// <summary>English.</summary>
internal sealed partial class EnglishText : UiText
{
    public override CultureInfo Culture { get; } = CultureInfo.GetCultureInfo("en-US");

    public override string HtmlLang => "en";

    public override string OwnName => "English";

    public override string Compact(double n) => n switch
    {
        >= 1e12 => (n / 1e12).ToString("#,0.#", Culture) + "T",
        >= 1e9 => (n / 1e9).ToString("0.#", Culture) + "B",
        >= 1e6 => (n / 1e6).ToString("0.#", Culture) + "M",
        >= 1e4 => (n / 1e3).ToString("0.#", Culture) + "K",
        _ => n.ToString("#,0.##", Culture),
    };

    public override string Date(DateTime utc) => utc.ToString("d MMM yyyy", Culture);

    public override string Month(DateTime utc) => utc.ToString("MMM yyyy", Culture);

    public override string Duration(TimeSpan time) => time > TimeSpan.Zero && time.TotalSeconds < 1 ? "< 1 s" : time.TotalSeconds < 90
        ? $"{Decimal(time.TotalSeconds, 0)} s"
        : time.TotalHours < 2 ? $"{Decimal(time.TotalMinutes, 1)} min" : $"{Decimal(time.TotalHours, 1)} h";

    // The frame
    public override string Tagline => "A platform's posts as a language model, a search and an assistant";
    public override string SwitchToThis => "Switch to English";
    public override string SkipToContent => "Skip to content";
    public override string MainNavigation => "Main";
    public override string Home => "Home";
    public override string Chat => "Chat";
    public override string Search => "Search";
    public override string SwitchScheme => "Switch between light and dark";
    public override string ThisIsAnAi => "You are talking to an AI; it can be wrong. ";
    public override string NoModelYet => "No model has been trained yet.";
    public override string TinyModel(string name, long parameters) =>
        $"Its model, {name}, is a tiny demo model: {Compact(parameters)} parameters.";
    public override string OrdinaryModel(string name, long? parameters) =>
        $"Its model is {name}{(parameters is { } n ? $", with {Compact(n)} parameters" : "")}.";
    public override string PageFailed => "This page has stumbled";
    public override string PageFailedHelp => "The server's log says why. Loading the page again often helps.";
    public override string Reload => "Load again";
    public override string Reconnecting => "The connection was lost. Connecting again…";
    public override string ConnectionLost => "The server cannot be reached.";
    public override string TryAgain => "Try again";
    public override string NeedsScript => "JavaScript is off. Searching works without it; chat, ads and planning do not.";
    public override string PageMissing => "There is no such page";
    public override string PageMissingHelp => "The address may be mistyped, or what was here has been deleted.";
    public override string ToHome => "Go home";
    public override string ToSearch => "Search the posts";

    // Posts
    public override string UnknownAuthor => "unknown author";
    public override string OpenPost => "Open";
    public override string OpenPostOf(string author) => $"Open the post by {author} on its platform";
    public override string PostsUnit => "posts";

    // Home
    public override string HeroTitle(long posts) => $"{Number(posts)} posts found a voice";
    public override string HeroTitleEmpty => "Give a platform's posts a voice";
    public override string HeroLead => "They became a language model, a search, and an assistant that names its sources.";
    public override string HeroLeadEmpty =>
        "Syrinx turns posts into a language model, a search, and an assistant that names its sources.";
    public override string NothingBuilt => "Nothing has been built in this home folder yet. In a terminal, run:";
    public override string Ask => "Ask";
    public override string Suggestions => "Suggestions";
    public override IReadOnlyList<string> ExampleQuestions { get; } =
    [
        "Where can I get good coffee?",
        "What time does the night market close?",
        "Where do they have good noodles?",
        "When does the last bus leave?",
        "Is anyone selling a bicycle?",
        "Where can I go hiking?",
        "Which laptop should I buy?",
        "What are people reading?",
        "Which film is worth watching?",
        "What do people say about the weather?",
    ];
    public override IReadOnlyList<string> ExampleSearches { get; } =
    [
        "bus",
        "coffee",
        "rain",
    ];
    public override string TheWay => "The way of the data";
    public override string StationPosts => "Posts";
    public override string StationCorpus => "Corpus";
    public override string StationTokens => "Tokens";
    public override string StationModel => "Model";
    public override string StationIndex => "Index";
    public override string DocumentsUnit => "documents";
    public override string TokensUnit => "tokens to learn from";
    public override string ParametersUnit => "parameters";
    public override string SearchableUnit => "posts to search";
    public override string IndexNote => "for search, and for answers with sources";
    public override string NotYet => "not yet";
    public override string InLanguages(int count) => count == 1 ? "in one language" : $"in {count} languages";
    public override string KeptShare(double share) => $"{Percent(share)} of the posts kept";
    public override string VocabularyOf(int size) => $"vocabulary of {Number(size)}";
    public override string HowItLearned => "How the model learned";
    public override string TrainingRuns => "Training runs";
    public override string TrainedIn(int runs) => $"in {runs} runs, one after the other";
    public override string TrainingNow => "training now";
    public override string LossExplained => "The loss says how surprised the model is by the next token: lower is better.";
    public override string LossChart => "Loss by training step";
    public override string LossFell(double from, double to, long step) =>
        $"The training loss went from {Decimal(from, 2)} to {Decimal(to, 2)} in {Number(step)} steps.";
    public override string StepsOf(string run) => $"steps of the run “{run}”";
    public override string TrainingLoss => "Training loss";
    public override string ValidationLoss => "Validation loss";
    public override string TheModel => "The model";
    public override string TheTinyModel => "The tiny model";
    public override string Parameters => "Parameters";
    public override string TinyNote => "a demo: large models have a thousand times as many";
    public override string Shape => "Shape";
    public override string ShapeOf(int layers, int width) => $"{layers} layers, {width} wide";
    public override string Context => "Context";
    public override string TokensOf(long n) => $"{Number(n)} tokens";
    public override string TokensSeen => "Tokens seen";
    public override string ComputeSpent => "Compute spent";
    public override string NatsAToken => "nats per token";
    public override string BitsPerByte => "Bits per byte";
    public override string Energy => "Energy";
    public override string Estimate => "an estimate";
    public override string Languages => "Languages";
    public override string OtherItems => "other";
    public override string LeftOut => "What was left out, and why";
    public override string LeftOutNote => "These posts are not in the corpus, so the model did not learn from them.";
    public override string CorpusCard => "The whole corpus card";
    public override string Communities => "Communities";
    public override string OverTime => "Posts over time";
    public override string Lengths => "Length of the documents";
    public override string LengthsNote => "A document is a post with its replies; in characters.";
    public override string LengthBar(double from, double? to) =>
        to is null ? $"{Number((long)from)}+" : $"{Number((long)from)}–{Number((long)to)}";

    // Chat
    public override string Conversation => "Conversation";
    public override string YourConversations => "Your conversations";
    public override string NewConversation => "New conversation";
    public override string NoConversations => "Your conversations will be listed here.";
    public override string CloseList => "Close the list";
    public override string ConversationMenu(string title) => $"What to do with “{title}”";
    public override string Rename => "Rename";
    public override string RenameConversation => "Rename the conversation";
    public override string ConversationTitle => "Title";
    public override string Delete => "Delete";
    public override string DeleteQuestion => "Delete the conversation?";
    public override string DeleteForGood(string title) => $"“{title}” will be deleted for good.";
    public override string Deleted => "The conversation is deleted.";
    public override string Cancel => "Cancel";
    public override string Save => "Save";
    public override string ConversationGone => "This conversation is not there";
    public override string ConversationGoneHelp => "It was deleted, or it belongs to another browser.";
    public override string AskThePosts => "Ask the posts";
    public override string AskThePostsHelp =>
        "The answer is made of sentences that people wrote, each with its source. "
        + "Beside it the model says something in its own words.";
    public override string YourQuestion => "Your question";
    public override string QuestionPlaceholder => "Ask something that people may have written about…";
    public override string ComposerHint => "Enter sends · Shift+Enter breaks the line · Esc stops";
    public override string Send => "Send";
    public override string Stop => "Stop";
    public override string Stopped => "stopped";
    public override string YouAsked => "You asked:";
    public override string FromThePosts => "From the posts";
    public override string SearchingPosts => "Looking through the posts…";
    public override string NothingToAsk => "There are no posts to look through yet: the index is built by ./syrinx quickstart, or by ./syrinx index alone.";
    public override string NothingFound =>
        "The posts say nothing about this. Try other words, or ask about something that people here talk about.";
    public override string CitationLabel(int number, string author) => $"Source {number}: post by {author}";
    public override string QuotedPosts(int count) => count == 1 ? "One post quoted" : $"{count} posts quoted";
    public override string ModelsOwnWords => "The model's own words";
    public override string TinyModelsOwnWords => "The tiny model's own words";
    public override string OwnWordsNote => "Not facts: it strings together what often follows in the posts.";
    public override string ModelThinks => "The model is reading…";
    public override string TooLongForModel => "the question is too long for its context.";
    public override string ModelBusyNow => "it is busy with others; ask again in a few seconds.";
    public override string ModelSilent => "The model says nothing: ";
    public override string Declined => "Not in a member's name";

    public override string PersonaRefused => PersonaGuard.English;
    public override string BrokenOff => "The answer was broken off, and nothing of it kept.";
    public override string ConversationFull => "This conversation is as long as one may be; begin a new one.";
    public override string QuestionFull(int most) => $"That is all that fits: {Number(most)} characters. What came after is left out.";
    public override string QuestionTooLong(int length, int most) =>
        $"The question has {Number(length)} characters; at most {Number(most)} are taken.";
    public override string AskFailed => "The question could not be answered:";
    public override string Copy => "Copy";
    public override string Copied => "Copied";
    public override string AskAgain => "Ask again";
    public override string SearchTook(double ms) => $"{Decimal(ms, ms < 10 ? 1 : 0)} ms";
    public override string ModelTook(long tokens, double perSecond) =>
        $"{Number(tokens)} tokens, {Decimal(perSecond, 0)} a second";

    // Search
    public override string SearchThePosts => "Search the posts";
    public override string SearchPlaceholder => "Words, \"phrases\", from:someone, since:2025-01-01…";
    public override string SearchHelp => "Search operators";
    public override string SearchWelcome => "Find what people wrote";
    public override string SearchWelcomeHelp =>
        "Type some words, in English or Chinese. Press / anywhere to come back to the box.";
    public override string NoHits => "No post matches";
    public override string NoHitsHelp => "Try fewer or other words, or take a filter away.";
    public override string NoIndex => "There is nothing to search yet";
    public override string NoIndexHelp => "The index is built by ./syrinx quickstart, or by ./syrinx index alone.";
    public override string SearchFailedHelp => "The index cannot be read; ./syrinx index builds it anew. The server's log says more.";
    public override string SearchFailed => "The search failed";
    public override string HitsCount(int total, double ms) =>
        $"{(total == 1 ? "One post" : Number(total) + " posts")} · {Decimal(ms, ms < 10 ? 1 : 0)} ms";
    public override string Relaxed => "No post has all of these words; these have most of them.";
    public override string QueryShortened => "The query was too long; its end was left out.";
    public override string Filters => "Filters";
    public override string From => "From";
    public override string Until => "Until";
    public override string Author => "Author";
    public override string Community => "Community";
    public override string LanguageFilter => "Language";
    public override string Any => "any";
    public override string ClearFilters => "Clear the filters";
    public override string RemoveFilter(string what) => $"Take away the filter {what}";
    public override string HitsPerMonth => "Posts per month; choose one to see only its posts";
    public override string OrderBy => "Order";
    public override string BestFirst => "Best first";
    public override string NewestFirst => "Newest first";
    public override string MoreHits => "More";
    public override string Likes(long n) => n == 1 ? "1 like" : $"{Number(n)} likes";
    public override string Replies(long n) => n == 1 ? "1 reply" : $"{Number(n)} replies";
    public override string Results => "Results";
    public override string Demoted => "looks automated or repeated";
    public override IReadOnlyList<(string Typed, string Means)> OperatorHelp { get; } =
    [
        ("two words", "both words"),
        ("\"a phrase\"", "exactly these words"),
        ("cat OR dog", "one of them"),
        ("-word", "without this word"),
        ("#tag  @name", "a tag, a mention"),
        ("from:name  to:name", "written by, in answer to"),
        ("since:2025-01-01  until:2025-02-01", "from this day; before this day"),
        ("board:Food  title:word", "community; title"),
        ("lang:en  lang:zh", "language"),
        ("min_faves:10  filter:links", "at least so many likes; with links"),
    ];

    public override string Language(string tag) => tag switch
    {
        "en" => "English",
        "zh-Hant" => "Traditional Chinese",
        "zh-Hans" => "Simplified Chinese",
        "zh" => "Chinese",
        "yue" => "Cantonese",
        "ja" => "Japanese",
        "ko" => "Korean",
        "es" => "Spanish",
        "pt" => "Portuguese",
        "fr" => "French",
        "de" => "German",
        "it" => "Italian",
        "nl" => "Dutch",
        "id" => "Indonesian",
        "vi" => "Vietnamese",
        "th" => "Thai",
        "tl" => "Tagalog",
        "ru" => "Russian",
        "uk" => "Ukrainian",
        "ar" => "Arabic",
        "tr" => "Turkish",
        "pl" => "Polish",
        "hi" => "Hindi",
        "und" => "not known",
        _ => tag,
    };

    public override string DropReason(string reason) => reason switch
    {
        "opted_out" => "author opted out",
        "author_not_active" => "account suspended or protected",
        "training_not_allowed" => "for search only",
        "repost" => "repost",
        "empty" => "no text left",
        "adult" => "adult",
        "toxic" => "abusive",
        "campaign" => "campaign",
        "bot" => "automated account",
        "spam" => "spam",
        "minor_language" => "rare language",
        "exact_duplicate" => "exact duplicate",
        "near_duplicate" => "near duplicate",
        "author_cap" => "author's share was full",
        "mix" => "the mix had enough of its kind",
        "too_short" => "too short",
        "repetitive" => "repetitive",
        "mostly_symbols" => "mostly symbols",
        _ => reason.Replace('_', ' '),
    };
}
